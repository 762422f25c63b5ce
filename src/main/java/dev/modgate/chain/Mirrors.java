package dev.modgate.chain;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Makes mirrors out of their settings and knows their breakers. */
public final class Mirrors implements AutoCloseable {

  private final ScheduledThreadPoolExecutor clock = HttpClients.clock();
  private final List<HttpClients> clients = new ArrayList<>();
  private final Map<String, CircuitBreaker> breakers = new LinkedHashMap<>();
  private final BodyReader bodies;
  private final Supplier<Optional<String>> traceparent;
  private final UnaryOperator<Mirror> watched;

  /**
   * @param spool where files land before they are proven
   * @param traceparent the W3C trace context of the running request, for mirrors that may see it
   * @param watched what telemetry puts around every mirror
   */
  public Mirrors(
      Spool spool, Supplier<Optional<String>> traceparent, UnaryOperator<Mirror> watched) {
    this.bodies = new BodyReader(spool);
    this.traceparent = traceparent;
    this.watched = watched;
  }

  /**
   * From the outside in: the span shows also what the breaker kept back; the breaker sees no
   * request that waited in the bulkhead; the bulkhead counts what is really on the wire.
   */
  public Mirror of(MirrorSettings settings) {
    Mirror http = http(settings);
    Mirror bounded = new BulkheadMirror(http, bulkhead(settings));
    Mirror guarded = new BreakerMirror(bounded, breaker(settings));
    return watched.apply(guarded);
  }

  /** The state of each breaker by the name of its mirror, such as {@code CLOSED}. */
  public Map<String, String> breakerStates() {
    Map<String, String> states = new LinkedHashMap<>();
    breakers.forEach((name, breaker) -> states.put(name, breaker.getState().name()));
    return states;
  }

  private Mirror http(MirrorSettings settings) {
    HttpClients http = new HttpClients(settings.timeouts().connect(), clock);
    clients.add(http);
    return new HttpMirror(settings, http, bodies, traceparent);
  }

  private static Bulkhead bulkhead(MirrorSettings settings) {
    return Bulkhead.of(
        settings.name(),
        BulkheadConfig.custom()
            .maxConcurrentCalls(settings.concurrency())
            .maxWaitDuration(settings.timeouts().firstByte())
            .build());
  }

  private CircuitBreaker breaker(MirrorSettings settings) {
    MirrorSettings.Breaker rules = settings.breaker();
    CircuitBreaker breaker =
        CircuitBreaker.of(
            settings.name(),
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(rules.window())
                .minimumNumberOfCalls(rules.window())
                .failureRateThreshold(rules.failurePercent())
                .slowCallRateThreshold(rules.failurePercent())
                .slowCallDurationThreshold(rules.slowCall())
                .waitDurationInOpenState(rules.open())
                .permittedNumberOfCallsInHalfOpenState(rules.halfOpenCalls())
                .build());
    breakers.put(settings.name(), breaker);
    return breaker;
  }

  @Override
  public void close() {
    clients.forEach(HttpClients::close);
    clock.shutdownNow();
  }
}
