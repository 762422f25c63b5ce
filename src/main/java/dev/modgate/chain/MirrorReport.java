package dev.modgate.chain;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a mirror at a moment.
 *
 * @param firstByte times to the head of an answer, over the last 128 answers; empty while few
 * @param answered requests that it answered, absences included
 * @param failed requests that failed
 * @param retries of them, those that it was asked again at once
 * @param bytes of bodies that it delivered
 * @param lastFailure one printable line
 * @param condemned artifacts that it lied about and is not asked for
 * @param why it is not asked, one printable line
 */
public record MirrorReport(
    String name,
    Health health,
    Breaker breaker,
    Optional<Quantiles> firstByte,
    long answered,
    long failed,
    long retries,
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
        retries,
        bytes,
        lastFailure,
        condemned,
        Optional.of(because));
  }

  /**
   * Its circuit breaker.
   *
   * @param state {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}; {@code NONE} if it has none
   * @param failureRate of its last calls in percent; -1 while they are too few
   * @param slowCallRate the same
   * @param notPermitted requests that it kept back
   * @param transitions how often it went into a state
   */
  public record Breaker(
      String state,
      double failureRate,
      double slowCallRate,
      long notPermitted,
      Map<String, Long> transitions) {

    static final Breaker NONE = new Breaker("NONE", -1, -1, 0, Map.of());
  }

  /** Of a distribution of times. */
  public record Quantiles(Duration p50, Duration p95, Duration p99) {}
}
