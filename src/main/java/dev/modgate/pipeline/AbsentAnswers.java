package dev.modgate.pipeline;

import dev.modgate.protocol.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was not there a moment ago: the go command asks for every prefix of an import path, most of
 * which are no modules. In memory only, bounded, and short-lived, because a tag may appear.
 */
public final class AbsentAnswers {

  /** Entries; the oldest goes first. */
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Duration ttl;
  private final Map<Request, Remembered> entries =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Request, Remembered> eldest) {
          return size() > MOST;
        }
      };

  public AbsentAnswers(InstantSource clock, Duration ttl) {
    this.clock = clock;
    this.ttl = ttl;
  }

  private record Remembered(Outcome outcome, Instant until) {}

  synchronized Optional<Outcome> find(Request request) {
    return Optional.ofNullable(entries.get(request))
        .filter(entry -> clock.instant().isBefore(entry.until()))
        .map(Remembered::outcome);
  }

  synchronized Outcome keep(Request request, Outcome outcome) {
    entries.remove(request);
    entries.put(request, new Remembered(outcome, clock.instant().plus(ttl)));
    return outcome;
  }
}
