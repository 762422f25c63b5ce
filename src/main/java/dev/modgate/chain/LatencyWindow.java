package dev.modgate.chain;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The last times that something took, and their quantiles; safe for many threads. */
final class LatencyWindow {

  /** Samples that are kept. */
  private static final int SIZE = 128;

  /** Samples without which there is no quantile worth the name. */
  private static final int ENOUGH = 16;

  private final long[] nanos = new long[SIZE];
  private long count;

  synchronized void add(Duration sample) {
    nanos[(int) (count++ % SIZE)] = sample.toNanos();
  }

  /** The smallest sample that {@code percent} of all samples do not exceed; empty while few. */
  synchronized Optional<Duration> quantile(int percent) {
    if (count < ENOUGH) {
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, SIZE));
    Arrays.sort(sorted);
    int rank = Math.ceilDiv(sorted.length * percent, 100);
    return Optional.of(Duration.ofNanos(sorted[Math.max(0, rank - 1)]));
  }
}
