package dev.modgate.fake;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Fork;
import dev.modgate.verify.sumdb.LogStore;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.util.Optional;

/** A store on a disk that sometimes can't be read: neither the head nor the fork are known then. */
public final class FailingLogStore implements LogStore {

  private final LogStore store;
  private volatile boolean failing;

  public FailingLogStore(LogStore store) {
    this.store = store;
  }

  public void failing(boolean isFailing) {
    failing = isFailing;
  }

  @Override
  public Optional<byte[]> head() throws IOException {
    failIfTold();
    return store.head();
  }

  @Override
  public boolean replaceHead(Optional<byte[]> expected, byte[] next) throws IOException {
    failIfTold();
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
    failIfTold();
    store.saveFork(fork);
  }

  @Override
  public Optional<Fork> fork() throws IOException {
    failIfTold();
    return store.fork();
  }

  private void failIfTold() throws IOException {
    if (failing) {
      throw new IOException("input/output error");
    }
  }
}
