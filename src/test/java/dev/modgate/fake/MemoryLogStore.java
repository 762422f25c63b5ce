package dev.modgate.fake;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Fork;
import dev.modgate.verify.sumdb.LogStore;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store in memory. Its maps are open, so that a test can tamper with what is stored. */
public final class MemoryLogStore implements LogStore {

  public final Map<ModuleVersion, byte[]> lookups = new ConcurrentHashMap<>();
  public final Map<Tile, byte[]> tiles = new ConcurrentHashMap<>();
  private Optional<byte[]> head = Optional.empty();
  private Optional<Fork> fork = Optional.empty();
  private boolean readOnly;

  @Override
  public synchronized Optional<byte[]> head() {
    return head.map(byte[]::clone);
  }

  /** Another process, or a burglar, puts a head in place. */
  public synchronized void tamperHead(Optional<byte[]> other) {
    head = other.map(byte[]::clone);
  }

  /** Every write that can fail does. */
  public synchronized void readOnly(boolean isReadOnly) {
    readOnly = isReadOnly;
  }

  @Override
  public synchronized boolean replaceHead(Optional<byte[]> expected, byte[] next)
      throws IOException {
    failIfReadOnly();
    boolean same =
        expected.isPresent() == head.isPresent()
            && Arrays.equals(expected.orElse(new byte[0]), head.orElse(new byte[0]));
    if (same) {
      head = Optional.of(next.clone());
    }
    return same;
  }

  @Override
  public Optional<byte[]> lookup(ModuleVersion module) {
    return Optional.ofNullable(lookups.get(module)).map(byte[]::clone);
  }

  @Override
  public void saveLookup(ModuleVersion module, byte[] body) {
    lookups.put(module, body.clone());
  }

  @Override
  public Optional<byte[]> tile(Tile tile) {
    return Optional.ofNullable(tiles.get(tile)).map(byte[]::clone);
  }

  @Override
  public void saveTile(Tile tile, byte[] hashes) {
    tiles.put(tile, hashes.clone());
  }

  @Override
  public boolean holdsLookupsOrTiles() {
    return !lookups.isEmpty() || !tiles.isEmpty();
  }

  @Override
  public synchronized void saveFork(Fork found) throws IOException {
    failIfReadOnly();
    if (fork.isEmpty()) {
      fork = Optional.of(found);
    }
  }

  @Override
  public synchronized Optional<Fork> fork() {
    return fork;
  }

  private void failIfReadOnly() throws IOException {
    if (readOnly) {
      throw new IOException("read-only");
    }
  }
}
