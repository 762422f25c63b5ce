package dev.modgate.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/** What a chain remembers, with a clock that stands until it is moved. */
final class ChainWorld {

  static final MirrorSettings.Lies LIES =
      new MirrorSettings.Lies(3, Duration.ofHours(1), Duration.ofMinutes(15));

  private static final MirrorSettings.Health HEALTH =
      new MirrorSettings.Health(Optional.empty(), Duration.ofSeconds(5), 3, 2);

  Instant now = Instant.parse("2026-06-01T00:00:00Z");
  final Convictions convictions = new Convictions(() -> now);
  private final Map<String, MirrorState> states = new LinkedHashMap<>();
  private final Map<String, MirrorSettings.Lies> rules = new LinkedHashMap<>();

  MirrorState state(String mirror) {
    return states.computeIfAbsent(
        mirror, name -> new MirrorState(name, HEALTH, Duration.ofSeconds(15), () -> now));
  }

  void later(Duration time) {
    now = now.plus(time);
  }

  MirrorChain chain(
      ProxyList list,
      Map<String, Mirror> mirrors,
      Set<String> confidential,
      Optional<Duration> hedgeAtLeast) {
    mirrors.keySet().forEach(name -> rules.put(name, LIES));
    Hedge hedge = new Hedge(this::state, hedgeAtLeast, Executors.newVirtualThreadPerTaskExecutor());
    return new MirrorChain(
        list,
        mirrors,
        confidential,
        new Itinerary(this::state, confidential, true),
        new Conduct(this::state, convictions, rules, hedge),
        Duration.ofMinutes(1));
  }
}
