package dev.modgate.chain;

import java.util.concurrent.ScheduledFuture;

/** Cancels a call whose head does not arrive in time; closing it calls the deadline off. */
record HeadDeadline(ScheduledFuture<?> cancellation) implements AutoCloseable {

  @Override
  public void close() {
    cancellation.cancel(false);
  }
}
