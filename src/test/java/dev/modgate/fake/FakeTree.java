package dev.modgate.fake;

import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.StoredHashIndex;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TreeHead;
import dev.modgate.verify.tlog.TreeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** All stored hashes of a log, in memory. */
public final class FakeTree {

  private final List<Hash> stored = new ArrayList<>();
  private long size;

  public FakeTree() {}

  /** A copy that grows on its own. */
  public FakeTree(FakeTree other) {
    stored.addAll(other.stored);
    size = other.size;
  }

  public long size() {
    return size;
  }

  /** Appends a record, and every node that it completes. */
  public long add(Hash record) {
    Hash node = record;
    stored.add(node);
    for (int level = 0; (size >> level & 1) == 1; level++) {
      node = Hash.ofNode(stored(StoredHashIndex.of(level, (size >> level) - 1)), node);
      stored.add(node);
    }
    return size++;
  }

  public Hash stored(long index) {
    return stored.get(Math.toIntExact(index));
  }

  public List<Hash> stored(long... indexes) {
    return Arrays.stream(indexes).mapToObj(this::stored).toList();
  }

  /** The head over the first records. */
  public TreeHead head(long atSize) {
    return new TreeHead(atSize, TreeRoot.of(atSize, stored(TreeRoot.indexes(atSize))));
  }

  /** The hashes of a tile that the tree reaches. */
  public byte[] tile(Tile tile) {
    byte[] data = new byte[Math.toIntExact(tile.bytes())];
    for (int i = 0; i < tile.width(); i++) {
      long n = (tile.number() << tile.height()) + i;
      long index = StoredHashIndex.of(tile.level() * tile.height(), n);
      System.arraycopy(stored(index).toBytes(), 0, data, Hash.BYTES * i, Hash.BYTES);
    }
    return data;
  }

  /** Every tile of the tree over the first records, as wide as it is there. */
  public static List<Tile> tiles(int height, long atSize) {
    List<Tile> tiles = new ArrayList<>();
    for (int level = 0; atSize >> (level * height) > 0; level++) {
      int at = level;
      LongStream.iterate(0, n -> n + 1)
          .mapToObj(n -> new Tile(height, at, n, 1).in(atSize))
          .takeWhile(Optional::isPresent)
          .forEach(tile -> tiles.add(tile.orElseThrow()));
    }
    return tiles;
  }
}
