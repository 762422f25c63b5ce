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
   * A store that forgets everything with the process: the first signed head that a process sees is
   * then taken on trust, and a fork is noticed only between heads of one process. It never throws,
   * and drops nothing: a module version takes some KiB.
   *
   * @return a store, empty at first
   */
  static LogStore inMemory() {
    return new MemoryLogStore();
  }

  /**
   * The newest tree head.
   *
   * @return its signed note, byte for byte as it was given to {@link #replaceHead}
   * @throws IOException if it cannot be known whether there is one
   */
  Optional<byte[]> head() throws IOException;

  /**
   * Compares and sets the head, also against other processes. When this returns true, the new head
   * survives a crash; a crash before leaves the old one whole.
   *
   * @param expected what {@link #head} must return now
   * @param next the signed note to store
   * @return false, and nothing is changed, if the head is another one
   * @throws IOException if the new head is not stored, or it cannot be known whether it is
   */
  boolean replaceHead(Optional<byte[]> expected, byte[] next) throws IOException;

  /**
   * A saved lookup.
   *
   * @param module that was looked up
   * @return the bytes as saved; empty if there are none, or if they cannot be read
   */
  Optional<byte[]> lookup(ModuleVersion module);

  /**
   * Saves a proven lookup in place of any earlier one. A failure only costs a later request.
   *
   * @param module that was looked up
   * @param body the record and a note, at most {@link LogSource#MAX_BYTES}
   */
  void saveLookup(ModuleVersion module, byte[] body);

  /**
   * A saved tile.
   *
   * @param tile of exactly this width
   * @return the bytes as saved; empty if there are none, or if they cannot be read
   */
  Optional<byte[]> tile(Tile tile);

  /**
   * Saves a proven tile in place of any earlier one. A failure only costs a later request.
   *
   * @param tile of hashes
   * @param hashes 32 bytes for each
   */
  void saveTile(Tile tile, byte[] hashes);

  /**
   * Whether any lookup or tile was ever saved: then there was a head as well.
   *
   * @return true if so
   * @throws IOException if it cannot be known
   */
  boolean holdsLookupsOrTiles() throws IOException;

  /**
   * Saves the evidence of a fork, durably; the first one stays.
   *
   * @param fork to save
   * @throws IOException if it is not saved, or it cannot be known whether it is
   */
  void saveFork(Fork fork) throws IOException;

  /**
   * The saved evidence. {@link Fork#ofText} makes one of any bytes: evidence that can't be read is
   * still a fork.
   *
   * @return the evidence; empty if none was ever saved
   * @throws IOException if it cannot be known whether there is one
   */
  Optional<Fork> fork() throws IOException;
}
