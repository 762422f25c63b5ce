package dev.modgate.fake;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Fork;
import dev.modgate.verify.sumdb.LogStore;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.util.Optional;

/** A store that another process writes to just before each step forward of the head. */
public final class RacingLogStore implements LogStore {

  private final LogStore store;
  private final OtherProcess other;

  /** What the other process does. */
  @FunctionalInterface
  public interface OtherProcess {
    void act() throws IOException;
  }

  public RacingLogStore(LogStore store, OtherProcess other) {
    this.store = store;
    this.other = other;
  }

  @Override
  public Optional<byte[]> head() throws IOException {
    return store.head();
  }

  @Override
  public boolean replaceHead(Optional<byte[]> expected, byte[] next) throws IOException {
    other.act();
    return store.replaceHead(expected, next);
  }

  @Override
  public Optional<byte[]> lookup(ModuleVersion module) {
    return store.lookup(module);
  }

  @Override
  public void saveLookup(ModuleVersion module, byte[] body) {
    store.saveLookup(module, body);
  }

  @Override
  public Optional<byte[]> tile(Tile tile) {
    return store.tile(tile);
  }

  @Override
  public void saveTile(Tile tile, byte[] hashes) {
    store.saveTile(tile, hashes);
  }

  @Override
  public boolean holdsLookupsOrTiles() throws IOException {
    return store.holdsLookupsOrTiles();
  }

  @Override
  public void saveFork(Fork fork) throws IOException {
    store.saveFork(fork);
  }

  @Override
  public Optional<Fork> fork() throws IOException {
    return store.fork();
  }
}
