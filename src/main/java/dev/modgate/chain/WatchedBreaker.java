package dev.modgate.chain;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a breaker tells of itself. */
final class WatchedBreaker {

  private final CircuitBreaker breaker;
  private final Map<String, LongAdder> transitions = new ConcurrentHashMap<>();

  WatchedBreaker(String mirror, CircuitBreaker breaker, MirrorObserver observer) {
    this.breaker = breaker;
    breaker
        .getEventPublisher()
        .onStateTransition(event -> {
          String state = event.getStateTransition().getToState().name();
          transitions.computeIfAbsent(state, _ -> new LongAdder()).increment();
          observer.breaker(mirror, state);
        });
  }

  MirrorReport.Breaker report() {
    CircuitBreaker.Metrics metrics = breaker.getMetrics();
    Map<String, Long> times = new TreeMap<>();
    transitions.forEach((state, count) -> times.put(state, count.sum()));
    return new MirrorReport.Breaker(
        breaker.getState().name(),
        metrics.getFailureRate(),
        metrics.getSlowCallRate(),
        metrics.getNumberOfNotPermittedCalls(),
        times);
  }
}
