package dev.modgate.chain;

import io.github.resilience4j.bulkhead.Bulkhead;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps the number of requests to a mirror under its limit. Who waits too long for a place goes
 * elsewhere, and who would wait too long, by how many wait already and how long places are held,
 * does so at once.
 */
final class BulkheadMirror implements Mirror {

  /** How much of the average a request is. */
  private static final int WEIGHT = 8;

  private final Mirror next;
  private final Bulkhead bulkhead;
  private final LongSupplier nanos;
  private final AtomicInteger waiting = new AtomicInteger();

  /** How long a place is held, in nanoseconds: a moving average; 0 before the first answer. */
  private final AtomicLong held = new AtomicLong();

  /**
   * @param nanos as {@link System#nanoTime}
   */
  BulkheadMirror(Mirror next, Bulkhead bulkhead, LongSupplier nanos) {
    this.next = next;
    this.bulkhead = bulkhead;
    this.nanos = nanos;
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    if (!enter()) {
      return new Reply.Failed(new Failure.Busy());
    }
    long entered = nanos.getAsLong();
    try {
      return next.get(request);
    } finally {
      long took = nanos.getAsLong() - entered;
      held.updateAndGet(average -> average == 0 ? took : average + (took - average) / WEIGHT);
      bulkhead.onComplete();
    }
  }

  /** Requests that wait for a place. */
  int waiting() {
    return waiting.get();
  }

  private boolean enter() {
    int place = waiting.incrementAndGet();
    try {
      return !isInVain(place) && bulkhead.tryAcquirePermission();
    } finally {
      waiting.decrementAndGet();
    }
  }

  /**
   * True if the wait would be longer than half of what anybody waits: the other half is for a
   * mirror that is slower than it was.
   *
   * @param place in the queue, from 1
   */
  private boolean isInVain(int place) {
    int behind = place - bulkhead.getMetrics().getAvailableConcurrentCalls();
    long expected = held.get() / bulkhead.getBulkheadConfig().getMaxConcurrentCalls() * behind;
    return behind > 0 && expected > bulkhead.getBulkheadConfig().getMaxWaitDuration().toNanos() / 2;
  }
}
