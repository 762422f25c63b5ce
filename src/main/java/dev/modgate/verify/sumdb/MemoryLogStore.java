package dev.modgate.verify.sumdb;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.tlog.Tile;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The state of one database for as long as the object lives. */
final class MemoryLogStore implements LogStore {

  private final Map<ModuleVersion, byte[]> lookups = new ConcurrentHashMap<>();
  private final Map<Tile, byte[]> tiles = new ConcurrentHashMap<>();
  private Optional<byte[]> head = Optional.empty();
  private Optional<Fork> fork = Optional.empty();

  @Override
  public synchronized Optional<byte[]> head() {
    return head.map(byte[]::clone);
  }

  @Override
  public synchronized boolean replaceHead(Optional<byte[]> expected, byte[] next) {
    if (!Arrays.equals(expected.orElse(null), head.orElse(null))) {
      return false;
    }
    head = Optional.of(next.clone());
    return true;
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
  public synchronized void saveFork(Fork found) {
    if (fork.isEmpty()) {
      fork = Optional.of(found);
    }
  }

  @Override
  public synchronized Optional<Fork> fork() {
    return fork;
  }
}
