package dev.modgate.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which mirror lied about which artifact. It is not asked for that artifact again for a day:
 * mirrors that rebuild zips from version control get single ones wrong. Thread-safe.
 */
public final class Convictions {

  /** How long a mirror is not asked for what it lied about. */
  static final Duration CONDEMNED = Duration.ofDays(1);

  /** Convictions that are remembered, the newest. */
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Map<Charge, Conviction> convictions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Charge, Conviction> eldest) {
          return size() > MOST;
        }
      };

  Convictions(InstantSource clock) {
    this.clock = clock;
  }

  private record Charge(String mirror, String path) {}

  private record Conviction(String reason, Instant time) {}

  /**
   * Remembers a lie.
   *
   * @param path as {@link dev.modgate.protocol.Request#path()} spells it
   * @param reason one printable line
   * @param time when it was told, for one that an earlier process has seen
   */
  public synchronized void remember(String mirror, String path, String reason, Instant time) {
    convictions.put(new Charge(mirror, path), new Conviction(reason, time));
  }

  /** Remembers a lie that was told just now. */
  void remember(String mirror, String path, String reason) {
    remember(mirror, path, reason, clock.instant());
  }

  /** Why a mirror is not to be asked for something, if so. */
  synchronized Optional<String> of(String mirror, String path) {
    return Optional.ofNullable(convictions.get(new Charge(mirror, path)))
        .filter(conviction -> isYounger(conviction, CONDEMNED))
        .map(Conviction::reason);
  }

  /** Different artifacts that a mirror lied about within the last while. */
  synchronized int count(String mirror, Duration window) {
    return (int)
        convictions.entrySet().stream()
            .filter(entry -> entry.getKey().mirror().equals(mirror))
            .filter(entry -> isYounger(entry.getValue(), window))
            .count();
  }

  /** Forgets what a mirror lied about. */
  synchronized void forget(String mirror) {
    convictions.keySet().removeIf(charge -> charge.mirror().equals(mirror));
  }

  private boolean isYounger(Conviction conviction, Duration age) {
    return clock.instant().isBefore(conviction.time().plus(age));
  }
}
