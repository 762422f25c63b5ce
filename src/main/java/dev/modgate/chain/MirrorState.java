package dev.modgate.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What is known of one mirror: what it did, how it is, and why it is not asked. Thread-safe. */
final class MirrorState {

  /** Nobody is left alone for longer because he asked for it. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final String name;
  private final MirrorSettings.Health rules;
  private final Duration suspectFor;
  private final InstantSource clock;
  private final LatencyWindow firstBytes = new LatencyWindow();

  private long answered;
  private long failed;
  private long bytes;
  private Optional<String> lastFailure = Optional.empty();
  private int misses;
  private Instant suspectUntil = Instant.MIN;
  private int probeMisses;
  private int probeHits;
  private boolean down;
  private Instant pausedUntil = Instant.MIN;
  private Instant outUntil = Instant.MIN;
  private String outBecause = "";

  /**
   * @param suspectFor how long a mirror that fails is asked last before it is tried again
   */
  MirrorState(String name, MirrorSettings.Health rules, Duration suspectFor, InstantSource clock) {
    this.name = name;
    this.rules = rules;
    this.suspectFor = suspectFor;
    this.clock = clock;
  }

  String name() {
    return name;
  }

  /** The mirror answered; an absence has no bytes. */
  synchronized void answered(Duration firstByte, long size) {
    firstBytes.add(firstByte);
    answered++;
    bytes += size;
    misses = 0;
    suspectUntil = Instant.MIN;
  }

  synchronized void failed(Failure failure) {
    failed++;
    lastFailure = Optional.of(failure.text());
    if (failure instanceof Failure.BadStatus(int _, Optional<Duration> retryAfter)) {
      retryAfter.ifPresent(this::pause);
    }
    miss();
  }

  /** Another mirror's answer began first, this long after this one was asked. */
  synchronized void outrun(Duration waited) {
    firstBytes.add(waited);
    miss();
  }

  private void miss() {
    misses++;
    if (misses >= rules.failures()) {
      suspectUntil = clock.instant().plus(suspectFor);
    }
  }

  private void pause(Duration asked) {
    Duration pause = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    pausedUntil = clock.instant().plus(pause);
  }

  /**
   * A probe came back.
   *
   * @return true if that changed whether the mirror is down
   */
  synchronized boolean probed(boolean well) {
    boolean before = down;
    probeHits = well ? probeHits + 1 : 0;
    probeMisses = well ? 0 : probeMisses + 1;
    if (probeMisses >= rules.failures()) {
      down = true;
    } else if (probeHits >= rules.successes()) {
      down = false;
      if (before) {
        misses = 0;
        suspectUntil = Instant.MIN;
      }
    }
    return before != down;
  }

  synchronized void takeOut(Duration time, String because) {
    outUntil = clock.instant().plus(time);
    outBecause = because;
  }

  /** Lets a mirror be asked again that was taken out. */
  synchronized void readmit() {
    outUntil = Instant.MIN;
  }

  /** Why the mirror must not be asked now, if it must not. */
  synchronized Optional<Failure> barred() {
    Instant now = clock.instant();
    if (now.isBefore(outUntil)) {
      return Optional.of(new Failure.TakenOut(outBecause));
    }
    return now.isBefore(pausedUntil)
        ? Optional.of(new Failure.Paused(Duration.between(now, pausedUntil)))
        : Optional.empty();
  }

  synchronized Health health() {
    Instant now = clock.instant();
    if (now.isBefore(outUntil)) {
      return Health.TAKEN_OUT;
    }
    if (down || now.isBefore(pausedUntil)) {
      return Health.DOWN;
    }
    return now.isBefore(suspectUntil) ? Health.SUSPECT : Health.HEALTHY;
  }

  /** Of the time to the head of an answer; empty while there are few answers. */
  Optional<Duration> firstByte(int percent) {
    return firstBytes.quantile(percent);
  }

  synchronized MirrorReport report(String breaker, int condemned) {
    Optional<MirrorReport.Quantiles> quantiles =
        firstByte(50)
            .map(p50 ->
                new MirrorReport.Quantiles(
                    p50, firstByte(95).orElse(p50), firstByte(99).orElse(p50)));
    return new MirrorReport(
        name, health(), breaker, quantiles, answered, failed, bytes, lastFailure, condemned, why());
  }

  private Optional<String> why() {
    return barred()
        .map(Failure::text)
        .or(() -> down ? Optional.of("its health probe fails") : Optional.empty());
  }
}
