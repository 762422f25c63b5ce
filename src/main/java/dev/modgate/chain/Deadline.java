package dev.modgate.chain;

import java.time.Duration;

/**
 * A point in time after which nobody waits any longer.
 *
 * @param nanos of {@link System#nanoTime}
 */
public record Deadline(long nanos) {

  /** So far away that nothing meets it: a year. */
  private static final Duration FAR = Duration.ofDays(365);

  /** The deadline that is this long from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  static Deadline never() {
    return in(FAR);
  }

  /** The time until then; zero or negative once it has passed. */
  public Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }

  boolean hasPassed() {
    return !left().isPositive();
  }
}
