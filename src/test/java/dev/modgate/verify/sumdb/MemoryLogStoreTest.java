package dev.modgate.verify.sumdb;

import dev.modgate.fake.LogStoreContract;

/** The store that the library brings along. */
final class MemoryLogStoreTest implements LogStoreContract {

  private final LogStore store = LogStore.inMemory();

  @Override
  public LogStore open() {
    return store;
  }
}
