package dev.modgate.verify.sumdb;

import java.io.IOException;
import java.util.Optional;

/**
 * Whether the database has contradicted itself. Once it has, that does not change: not by a
 * restart, and not by a store that fails to save the evidence, which is tried again.
 */
final class ForkAlarm {

  private final LogStore store;
  private final LogEvents events;
  private Optional<Fork> fork = Optional.empty();
  private boolean read;
  private boolean saved;

  ForkAlarm(LogStore store, LogEvents events) {
    this.store = store;
    this.events = events;
  }

  /**
   * The first fork that was found, in this process or an earlier one.
   *
   * @throws IOException if the store can't say
   */
  synchronized Optional<Fork> fork() throws IOException {
    if (!read) {
      Optional<Fork> stored = store.fork();
      if (fork.isEmpty()) {
        fork = stored;
      }
      saved = stored.isPresent();
      read = true;
    }
    if (fork.isPresent() && !saved) {
      save(fork.get());
    }
    return fork;
  }

  /** Another process may have found one. */
  synchronized void readAgain() {
    read = read && fork.isPresent();
  }

  /** Raises the alarm, unless it is raised. Returns the fork that counts. */
  Fork raise(Fork found) {
    synchronized (this) {
      if (fork.isPresent()) {
        return fork.get();
      }
      fork = Optional.of(found);
      save(found);
    }
    events.forkFound(found);
    return found;
  }

  private void save(Fork found) {
    try {
      store.saveFork(found);
      saved = true;
    } catch (IOException e) {
      events.storeFailed("the evidence of a forked checksum database could not be saved", e);
    }
  }
}
