package dev.modgate.verify.tlog;

import java.util.List;
import java.util.Map;

/** What became of reading hashes of a tree out of its tiles. */
public sealed interface HashesRead {

  /**
   * The tree has these hashes.
   *
   * @param hashes those asked for, in their order
   * @param tiles all tiles that were read, each of them proven to be in the tree whole; these, and
   *     only these, may be stored
   */
  record Proven(List<Hash> hashes, Map<Tile, byte[]> tiles) implements HashesRead {}

  /**
   * At least one tile is not of this tree; which one is not known. None may be used or stored.
   *
   * @param reason one printable sentence
   */
  record Inconsistent(String reason) implements HashesRead {}

  /**
   * A tile could not be had.
   *
   * @param reason one printable sentence
   */
  record Unavailable(String reason) implements HashesRead {}
}
