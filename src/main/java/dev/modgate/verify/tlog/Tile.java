package dev.modgate.verify.tlog;

import dev.modgate.verify.Parsed;
import java.util.Optional;

/**
 * The coordinates of a tile: {@code width} neighbouring hashes of level {@code height·level} of the
 * tree, from number {@code number·2^height} on. The tile stands for the whole subtree above them.
 *
 * <p>Source: golang.org/x/mod/sumdb/tlog, Tile.
 *
 * @param height levels of the tree in a tile, 1 ≤ height ≤ 30; the database uses 8
 * @param level level of the tiling, 0 ≤ level ≤ 62, or {@link #DATA}
 * @param number number within the level, 0 ≤ number
 * @param width hashes in the tile, 1 ≤ width ≤ 2^height; a full tile has 2^height
 */
public record Tile(int height, int level, long number, int width) {

  /** The level of tiles that hold records and no hashes. */
  public static final int DATA = -1;

  static final int MAX_HEIGHT = 30;

  static final int MAX_LEVEL = 62;

  /** Path elements have three digits, so that a directory has at most a thousand of each kind. */
  private static final int ELEMENT_BASE = 1000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a coordinate is not in its range
   */
  public Tile {
    if (height < 1
        || height > MAX_HEIGHT
        || level < DATA
        || level > MAX_LEVEL
        || number < 0
        || width < 1
        || width > 1 << height) {
      throw new IllegalArgumentException(
          "no tile: height %d, level %d, number %d, width %d"
              .formatted(height, level, number, width));
    }
  }

  /**
   * The narrowest tile that holds a node (golang.org/x/mod/sumdb/tlog, TileForIndex).
   *
   * @param height of the tile, 1 ≤ height ≤ 30
   * @param index stored hash index of the node, see {@link StoredHashIndex}
   * @return a tile whose last hashes are those below the node
   * @throws IllegalArgumentException if there is no tile of that height
   */
  public static Tile holding(int height, long index) {
    StoredHashIndex.Node node = StoredHashIndex.split(index);
    int level = node.level() / height;
    int levelInTile = node.level() - level * height;
    long number = node.n() << levelInTile >> height;
    long n = node.n() - (number << height >> levelInTile);
    return new Tile(height, level, number, Math.toIntExact((n + 1) << levelInTile));
  }

  /**
   * Reads {@code tile/H/L/NNN}, with {@code .p/W} if the tile is not full. NNN is the number in
   * groups of three digits, all but the last with an {@code x} before them; L is {@code data} for
   * records. Every tile has exactly one path.
   *
   * @param path any text, without a slash at its start
   * @return the tile, or why the text is no path of one
   * @see <a href="https://go.dev/ref/mod#checksum-database">go.dev/ref/mod#checksum-database</a>
   * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>, whose paths lack the height
   */
  public static Parsed<Tile> parse(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length < 4 || !parts[0].equals("tile")) {
      return notATile();
    }
    int height = (int) Decimal.parse(parts[1], MAX_HEIGHT + 1).orElse(0);
    int level =
        parts[2].equals("data") ? DATA : (int) Decimal.parse(parts[2], MAX_LEVEL + 1).orElse(-2);
    if (height < 1 || level < DATA) {
      return notATile();
    }
    int last = parts.length - 1;
    int width = 1 << height;
    String lastElement = parts[last];
    if (parts[last - 1].endsWith(".p")) {
      width = (int) Decimal.parse(parts[last], width).orElse(0);
      last--;
      lastElement = parts[last].substring(0, parts[last].length() - ".p".length());
    }
    long number = number(parts, last, lastElement);
    if (width < 1 || number < 0) {
      return notATile();
    }
    Tile tile = new Tile(height, level, number, width);
    return tile.path().equals(path) ? Parsed.valid(tile) : notATile();
  }

  /** The number that the elements from the fourth to the last spell, or -1. */
  private static long number(String[] parts, int last, String lastElement) {
    long number = 0;
    for (int i = 3; i <= last; i++) {
      String element = i < last ? parts[i] : lastElement;
      int start = i < last ? 1 : 0;
      if (element.length() != start + 3 || (start == 1 && element.charAt(0) != 'x')) {
        return -1;
      }
      for (int at = start; at < element.length(); at++) {
        int digit = element.charAt(at) - '0';
        if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
          return -1;
        }
        number = 10 * number + digit;
      }
    }
    return last < 3 ? -1 : number;
  }

  private static Parsed<Tile> notATile() {
    return Parsed.invalid("not the path of a tile (tile/H/L/NNN or tile/H/L/NNN.p/W)");
  }

  /** {@return the path that {@link #parse} reads} */
  public String path() {
    StringBuilder elements = new StringBuilder("%03d".formatted(number % ELEMENT_BASE));
    for (long rest = number / ELEMENT_BASE; rest > 0; rest /= ELEMENT_BASE) {
      elements.insert(0, "x%03d/".formatted(rest % ELEMENT_BASE));
    }
    return "tile/"
        + height
        + "/"
        + (level == DATA ? "data" : level)
        + "/"
        + elements
        + (isFull() ? "" : ".p/" + width);
  }

  /** {@return true if the tile has 2^height hashes} */
  public boolean isFull() {
    return width == 1 << height;
  }

  /** {@return the same tile with all its hashes} */
  public Tile full() {
    return withWidth(1 << height);
  }

  /**
   * The same tile with more or fewer hashes.
   *
   * @param newWidth 1 ≤ newWidth ≤ 2^height
   * @return that tile
   * @throws IllegalArgumentException if the width is not in its range
   */
  public Tile withWidth(int newWidth) {
    return new Tile(height, level, number, newWidth);
  }

  /** {@return bytes of the hashes in the tile: width·32} */
  public long bytes() {
    return (long) width * Hash.BYTES;
  }

  /**
   * This tile as it is in the tree over the first records: as wide as can be.
   *
   * @param size number of records, 0 ≤ size &lt; 2^62
   * @return that tile; empty if the tree does not reach it, or for a tile of records
   */
  public Optional<Tile> in(long size) {
    return parent(0, size);
  }

  /**
   * The tile {@code k} levels above, as it is in the tree over the first {@code size} records.
   * Empty if the tree does not reach it, or for a tile of records.
   */
  Optional<Tile> parent(int k, long size) {
    if (level == DATA || level + k > MAX_LEVEL) {
      return Optional.empty();
    }
    long hashes = shiftRight(size, (level + k) * height);
    long first = shiftRight(number, k * height);
    if (first > hashes >> height) {
      return Optional.empty();
    }
    long width = Math.min(1L << height, hashes - (first << height));
    return width < 1
        ? Optional.empty()
        : Optional.of(new Tile(height, level + k, first, Math.toIntExact(width)));
  }

  /** The shift operator of Java takes the distance modulo 64. */
  private static long shiftRight(long value, int distance) {
    return distance >= Long.SIZE ? 0 : value >> distance;
  }

  /**
   * The hash of a node, out of the hashes of this tile (golang.org/x/mod/sumdb/tlog, HashFromTile).
   *
   * @param data the hashes of the tile, at least {@link #bytes} long
   * @param index stored hash index of a node that this tile holds
   * @return the hash; it is as true as the data
   * @throws IllegalArgumentException if the node is not in this tile
   */
  public Hash hashAt(byte[] data, long index) {
    Tile narrowest = holding(height, index);
    if (level != narrowest.level || number != narrowest.number || width < narrowest.width) {
      throw new IllegalArgumentException("node " + index + " is not in " + path());
    }
    int levelInTile = StoredHashIndex.split(index).level() - level * height;
    int end = Math.toIntExact(narrowest.bytes());
    return Hash.ofSubtree(data, end - (Hash.BYTES << levelInTile), end);
  }
}
