package dev.modgate.chain;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a mirror at a moment.
 *
 * @param breaker {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}; {@code NONE} if it has none
 * @param firstByte times to the head of an answer, over the last 128 answers; empty while few
 * @param answered requests that it answered, absences included
 * @param failed requests that failed
 * @param bytes of bodies that it delivered
 * @param lastFailure one printable line
 * @param condemned artifacts that it lied about and is not asked for
 * @param why it is not asked, one printable line
 */
public record MirrorReport(
    String name,
    Health health,
    String breaker,
    Optional<Quantiles> firstByte,
    long answered,
    long failed,
    long bytes,
    Optional<String> lastFailure,
    int condemned,
    Optional<String> why) {

  /** The same of a mirror that is not asked. */
  MirrorReport takenOut(String because) {
    return new MirrorReport(
        name,
        Health.TAKEN_OUT,
        breaker,
        firstByte,
        answered,
        failed,
        bytes,
        lastFailure,
        condemned,
        Optional.of(because));
  }

  /** Of a distribution of times. */
  public record Quantiles(Duration p50, Duration p95, Duration p99) {}
}
