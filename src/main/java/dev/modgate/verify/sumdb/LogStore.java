package dev.modgate.verify.sumdb;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.util.Optional;

/**
 * The durable state of one checksum database; there is one store per name of a database. All
 * methods may be called from many threads at once.
 *
 * <p>The head and the fork are trusted, and an error in reading them must not look as if they were
 * absent. Lookups and tiles are proven again whenever they are read, so a lost, cut or wrong one
 * only costs a request.
 */
public interface LogStore {

  /**
   * The signed note of the newest tree head, byte for byte as it was given to {@link #replaceHead}.
   *
   * @throws IOException if it cannot be known whether there is one
   */
  Optional<byte[]> head() throws IOException;

  /**
   * Compares and sets the head, also against other processes. When this returns true, the new head
   * survives a crash; a crash before leaves the old one whole.
   *
   * @param expected what {@link #head} must return now
   * @return false, and nothing is changed, if the head is another one
   */
  boolean replaceHead(Optional<byte[]> expected, byte[] next) throws IOException;

  /** The saved lookup; empty if there is none, or if it cannot be read. */
  Optional<byte[]> lookup(ModuleVersion module);

  /** Saves a proven lookup in place of any earlier one. A failure only costs a later request. */
  void saveLookup(ModuleVersion module, byte[] body);

  /** The saved tile of exactly this width; empty if there is none, or if it cannot be read. */
  Optional<byte[]> tile(Tile tile);

  /** Saves a proven tile in place of any earlier one. A failure only costs a later request. */
  void saveTile(Tile tile, byte[] hashes);

  /** True if any lookup or tile was ever saved: then there was a head as well. */
  boolean holdsLookupsOrTiles() throws IOException;

  /** Saves the evidence of a fork, durably; the first one stays. */
  void saveFork(Fork fork) throws IOException;

  /**
   * The saved evidence. {@link Fork#ofText} makes one of any bytes: evidence that can't be read is
   * still a fork.
   *
   * @throws IOException if it cannot be known whether there is one
   */
  Optional<Fork> fork() throws IOException;
}
