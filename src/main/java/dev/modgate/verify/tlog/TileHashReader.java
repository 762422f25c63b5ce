package dev.modgate.verify.tlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads hashes of one tree out of tiles that nobody vouches for.
 *
 * <p>First come the distinct tiles that hold the complete subtrees the root is made of; they are
 * right if the root computed from them is the root of the head. All other tiles are full and have a
 * parent that comes before them; each is right if the root over its hashes is what its parent says.
 * Every tile is checked in one of these two ways before any is used (CVE-2026-56865).
 *
 * <p>Source: golang.org/x/mod/sumdb/tlog, TileHashReader.
 */
public final class TileHashReader {

  private final TreeHead head;
  private final int height;
  private final TileReader reader;

  /**
   * A reader for one tree; it keeps nothing between reads.
   *
   * @param head the tree that is trusted
   * @param height of the tiles, 1 ≤ height ≤ 30
   * @param reader where tiles come from; not trusted
   */
  public TileHashReader(TreeHead head, int height, TileReader reader) {
    this.head = head;
    this.height = height;
    this.reader = reader;
  }

  /**
   * Reads hashes and the tiles that prove them. Without an index, the tiles of the root are read
   * and proven all the same.
   *
   * @param indexes stored hash indexes, see {@link StoredHashIndex}
   * @return the hashes in the order of the indexes, or why they are not proven
   * @throws IllegalArgumentException if the tree does not have one of the indexes
   */
  public HashesRead read(long... indexes) {
    Plan plan = new Plan(indexes);
    if (plan.tiles.isEmpty()) {
      return head.equals(TreeHead.EMPTY)
          ? new HashesRead.Proven(List.of(), Map.of())
          : new HashesRead.Inconsistent("an empty tree with another root than that of no records");
    }
    return switch (reader.read(List.copyOf(plan.tiles))) {
      case TileReader.TilesRead.Unavailable(String reason) -> new HashesRead.Unavailable(reason);
      case TileReader.TilesRead.Tiles(List<byte[]> data) -> authenticate(plan, data);
    };
  }

  private HashesRead authenticate(Plan plan, List<byte[]> data) {
    if (data.size() != plan.tiles.size()) {
      throw new IllegalStateException(data.size() + " answers for " + plan.tiles.size() + " tiles");
    }
    for (int i = 0; i < data.size(); i++) {
      if (data.get(i).length != plan.tiles.get(i).bytes()) {
        return inconsistent(plan.tiles.get(i), data.get(i).length + " bytes");
      }
    }
    if (!plan.root(data).equals(head.root())) {
      return new HashesRead.Inconsistent(
          "inconsistent tile: the tiles do not add up to the root of the tree of size "
              + head.size());
    }
    for (int i = plan.rootTiles; i < data.size(); i++) {
      Tile tile = plan.tiles.get(i);
      if (!plan.hashInParent(tile, data).equals(rootOf(data.get(i)))) {
        return inconsistent(tile, "its parent has another hash");
      }
    }
    return plan.proven(data);
  }

  private static Hash rootOf(byte[] data) {
    return Hash.ofSubtree(data, 0, data.length);
  }

  private static HashesRead inconsistent(Tile tile, String why) {
    return new HashesRead.Inconsistent("inconsistent tile " + tile.path() + ": " + why);
  }

  /** Which tiles a read needs, parents before children. */
  private final class Plan {

    private final long[] indexes;
    private final long[] rootIndexes;
    private final List<Tile> tiles = new ArrayList<>();
    private final Map<Tile, Integer> order = new LinkedHashMap<>();

    /** How many of the tiles, from the first on, the root is computed from. */
    private final int rootTiles;

    Plan(long[] indexes) {
      this.indexes = indexes.clone();
      this.rootIndexes = TreeRoot.indexes(head.size());
      for (long index : rootIndexes) {
        add(tileOf(index));
      }
      this.rootTiles = tiles.size();
      long bound = StoredHashIndex.count(head.size());
      for (long index : indexes) {
        if (index < 0 || index >= bound) {
          throw new IllegalArgumentException(
              "node " + index + " is not in a tree of size " + head.size());
        }
        addWithParents(tileOf(index));
      }
    }

    private void add(Tile tile) {
      if (order.putIfAbsent(tile, tiles.size()) == null) {
        tiles.add(tile);
      }
    }

    /** Walks up to a tile that is read anyway, and down again, so that parents come first. */
    private void addWithParents(Tile tile) {
      if (order.containsKey(tile)) {
        return;
      }
      if (!tile.isFull()) {
        throw new IllegalStateException("only full tiles have parents: " + tile.path());
      }
      addWithParents(parentOf(tile));
      add(tile);
    }

    private Tile tileOf(long index) {
      return required(Tile.holding(height, index).in(head.size()));
    }

    private Tile parentOf(Tile tile) {
      return required(tile.parent(1, head.size()));
    }

    private Tile required(Optional<Tile> tile) {
      return tile.orElseThrow(() -> new IllegalStateException("a tile outside of the tree"));
    }

    private Hash hash(long index, List<byte[]> data) {
      Tile tile = tileOf(index);
      return tile.hashAt(data.get(orderOf(tile)), index);
    }

    private int orderOf(Tile tile) {
      Integer position = order.get(tile);
      if (position == null) {
        throw new IllegalStateException("not planned: " + tile.path());
      }
      return position;
    }

    Hash root(List<byte[]> data) {
      return TreeRoot.of(
          head.size(), Arrays.stream(rootIndexes).mapToObj(index -> hash(index, data)).toList());
    }

    Hash hashInParent(Tile tile, List<byte[]> data) {
      return hash(StoredHashIndex.of((tile.level() + 1) * height, tile.number()), data);
    }

    HashesRead proven(List<byte[]> data) {
      Map<Tile, byte[]> proven = new LinkedHashMap<>();
      for (int i = 0; i < data.size(); i++) {
        proven.put(tiles.get(i), data.get(i));
      }
      List<Hash> hashes = Arrays.stream(indexes).mapToObj(index -> hash(index, data)).toList();
      return new HashesRead.Proven(hashes, proven);
    }
  }
}
