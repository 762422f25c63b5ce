package dev.modgate.verify.tlog;

import java.util.List;

/**
 * Where tiles come from. What it delivers is not trusted; it must not be stored before {@link
 * TileHashReader} has reported it as proven.
 */
public interface TileReader {

  /**
   * Reads tiles.
   *
   * @param tiles distinct, as wide as the tree has them
   * @return the bytes of all, in their order, or why one of them could not be had
   */
  TilesRead read(List<Tile> tiles);

  /** What became of reading tiles. */
  sealed interface TilesRead {

    /**
     * All were read.
     *
     * @param data the bytes of each tile, of any length
     */
    record Tiles(List<byte[]> data) implements TilesRead {}

    /**
     * A tile could not be had.
     *
     * @param reason one printable sentence
     */
    record Unavailable(String reason) implements TilesRead {}
  }
}
