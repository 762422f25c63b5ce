package dev.modgate.verify.sumdb;

import dev.modgate.verify.tlog.Tile;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tiles in memory that are proven to be in an accepted tree, and so in every tree that is accepted
 * later. Of each tile the widest form is kept; the hashes of a narrower one are its first ones.
 */
final class TileCache {

  /** The most tiles: 32 MiB if all are full. */
  static final int CAPACITY = 4_096;

  /** A tile of any width. */
  private record Place(int level, long number) {}

  private final Recent<Place, byte[]> tiles = new Recent<>(CAPACITY);

  /** The hashes of the tile; not to be changed. */
  Optional<byte[]> get(Tile tile) {
    return tiles
        .get(new Place(tile.level(), tile.number()))
        .filter(hashes -> hashes.length >= tile.bytes())
        .map(hashes -> cut(hashes, tile));
  }

  void put(Tile tile, byte[] hashes) {
    tiles.put(
        new Place(tile.level(), tile.number()),
        hashes,
        (present, added) -> added.length > present.length ? added : present);
  }

  /** The first hashes, as many as the tile has. */
  static byte[] cut(byte[] hashes, Tile tile) {
    return hashes.length == tile.bytes()
        ? hashes
        : Arrays.copyOf(hashes, Math.toIntExact(tile.bytes()));
  }
}
