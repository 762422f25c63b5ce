package dev.modgate.edge;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether somebody takes an answer so slowly that only its connection is held: less than {@value
 * #LEAST} bytes in a minute. For one thread.
 */
final class Pace {

  /** Bytes in a minute. */
  static final long LEAST = 64 * 1024;

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private long since;
  private long from;

  /**
   * @param nanos the time, as {@link System#nanoTime}
   */
  Pace(LongSupplier nanos) {
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /**
   * Asked whenever some bytes were taken.
   *
   * @param position bytes that have been taken so far
   */
  boolean isTooSlow(long position) {
    long now = nanos.getAsLong();
    if (now - since < MINUTE) {
      return false;
    }
    boolean slow = position - from < LEAST;
    since = now;
    from = position;
    return slow;
  }
}
