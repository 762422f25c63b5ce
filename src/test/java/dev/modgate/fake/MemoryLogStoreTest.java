package dev.modgate.fake;

import dev.modgate.verify.sumdb.LogStore;

final class MemoryLogStoreTest implements LogStoreContract {

  private final MemoryLogStore store = new MemoryLogStore();

  @Override
  public LogStore open() {
    return store;
  }
}
