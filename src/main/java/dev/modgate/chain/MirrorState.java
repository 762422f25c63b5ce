package dev.modgate.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What is known of one mirror: what it did, how it is, and why it is not asked. Thread-safe. */
final class MirrorState {

  /** Failures that a passed deadline counts for: it cost the client all that time. */
  private static final int STALL = 2;

  /** Nobody is left alone for longer because he asked for it. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final String name;
  private final MirrorSettings.Health rules;
  private final Duration suspectFor;
  private final InstantSource clock;
  private final LatencyWindow firstBytes = new LatencyWindow();

  private long answered;
  private long failed;
  private long retries;
  private long bytes;
  private Optional<String> lastFailure = Optional.empty();
  private int misses;
  private Instant suspectUntil = Instant.MIN;
  private int probeMisses;
  private int probeHits;
  private boolean probeMissed;
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

  synchronized void retried() {
    retries++;
  }

  synchronized void failed(Failure failure) {
    failed++;
    lastFailure = Optional.of(failure.text());
    if (failure instanceof Failure.BadStatus(int _, Optional<Duration> retryAfter)) {
      retryAfter.ifPresent(this::pause);
    }
    miss(failure instanceof Failure.TimedOut ? STALL : 1);
  }

  /** Another mirror's answer began first, this long after this one was asked. */
  synchronized void outrun(Duration waited) {
    firstBytes.add(waited);
    miss(1);
  }

  /** An answer has not begun long after it was due, and is still waited for. */
  synchronized void late() {
    miss(1);
  }

  private void miss(int weight) {
    misses += weight;
    if (misses >= rules.failures()) {
      suspectUntil = clock.instant().plus(suspectFor);
    }
  }

  private void pause(Duration asked) {
    Duration pause = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    pausedUntil = clock.instant().plus(pause);
  }

  /**
   * A probe came back. Enough good ones in a row end also a suspicion, if the probe has met the
   * trouble itself: else it can't tell that it is over.
   *
   * @return true if the mirror is down since, or if it was unwell and is well since
   */
  synchronized boolean probed(boolean well) {
    probeHits = well ? probeHits + 1 : 0;
    probeMisses = well ? 0 : probeMisses + 1;
    probeMissed |= !well;
    if (probeMisses >= rules.failures()) {
      boolean before = down;
      down = true;
      return !before;
    }
    return probeMissed && probeHits >= rules.successes() && recover();
  }

  private boolean recover() {
    boolean unwell = down || clock.instant().isBefore(suspectUntil);
    probeMissed = false;
    down = false;
    misses = 0;
    suspectUntil = Instant.MIN;
    return unwell;
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

  synchronized MirrorReport report(MirrorReport.Breaker breaker, int condemned) {
    Optional<MirrorReport.Quantiles> quantiles =
        firstByte(50)
            .map(p50 ->
                new MirrorReport.Quantiles(
                    p50, firstByte(95).orElse(p50), firstByte(99).orElse(p50)));
    return new MirrorReport(
        name,
        health(),
        breaker,
        quantiles,
        answered,
        failed,
        retries,
        bytes,
        lastFailure,
        condemned,
        why());
  }

  private Optional<String> why() {
    return barred()
        .map(Failure::text)
        .or(() -> down ? Optional.of("its health probe fails") : Optional.empty());
  }
}
