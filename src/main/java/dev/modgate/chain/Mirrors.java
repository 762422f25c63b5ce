package dev.modgate.chain;

import dev.modgate.chain.tls.Tls;
import dev.modgate.secret.SecretListener;
import dev.modgate.secret.SecretWatch;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Makes mirrors out of their settings, joins them to chains, and knows how each of them is. */
public final class Mirrors implements AutoCloseable {

  /** Of a mirror that has no settings of its own. */
  private static final MirrorSettings.Health USUAL_HEALTH =
      new MirrorSettings.Health(Optional.empty(), Duration.ofSeconds(5), 3, 2);

  private static final Duration USUAL_SUSPICION = Duration.ofSeconds(15);

  private final ScheduledThreadPoolExecutor clock = HttpClients.clock();
  private final List<HttpClients> clients = new ArrayList<>();
  private final Map<String, WatchedBreaker> breakers = new ConcurrentHashMap<>();
  private final Map<String, MirrorState> states = new ConcurrentSkipListMap<>();
  private final Map<String, MirrorSettings.Lies> lies = new ConcurrentHashMap<>();
  private final List<IdentityMirror> faces = new CopyOnWriteArrayList<>();
  private final Convictions convictions;
  private final BodyReader bodies;
  private final Surroundings surroundings;
  private final SecretWatch watch;
  private final MirrorCredentials credentials;

  /**
   * What mirrors need of the process that they are in.
   *
   * @param spool where files land before they are proven
   * @param traceparent the W3C trace context of the running request, for mirrors that may see it
   * @param observer sees every attempt
   * @param threads run whatever may block; not closed with this
   * @param time for everything that is remembered
   */
  public record Surroundings(
      Spool spool,
      Supplier<Optional<String>> traceparent,
      MirrorObserver observer,
      ExecutorService threads,
      InstantSource time) {}

  /** Mirrors whose secrets nobody looks for. */
  public Mirrors(Surroundings surroundings) {
    this(surroundings, SecretListener.none(), SecretWatch.none());
  }

  /**
   * Mirrors in a process whose output is watched.
   *
   * @param listener is told each secret that is read or obtained
   * @param watch looks for them in what mirrors answer
   */
  public Mirrors(Surroundings surroundings, SecretListener listener, SecretWatch watch) {
    this.surroundings = surroundings;
    this.watch = watch;
    this.credentials = new MirrorCredentials(surroundings.time(), listener);
    this.bodies = new BodyReader(surroundings.spool());
    this.convictions = new Convictions(surroundings.time());
  }

  /**
   * From the outside in: a retry is a new attempt with a span of its own; the span shows also what
   * the gate and the breaker kept back; the breaker sees no request that waited in the bulkhead;
   * the bulkhead counts what is really on the wire; the books are kept of what really happened
   * there. A mirror that changed its face is kept from all of them but the span.
   */
  public Mirror of(MirrorSettings settings) {
    MirrorState state =
        new MirrorState(
            settings.name(), settings.health(), settings.breaker().open(), surroundings.time());
    states.put(settings.name(), state);
    lies.put(settings.name(), settings.lies());
    CircuitBreaker breaker = breaker(settings);
    Mirror http = new DiscreetMirror(http(settings), watch);
    probe(http, state, breaker, settings);
    Mirror counted = new CountedMirror(http, state);
    Mirror bounded = new BulkheadMirror(counted, bulkhead(settings), System::nanoTime);
    Mirror guarded = new BreakerMirror(bounded, breaker);
    Mirror gated = new GatedMirror(guarded, state);
    Mirror watched = surroundings.observer().watched(recognised(gated, settings), settings.url());
    return new RetryMirror(
        watched,
        settings.retry(),
        ThreadLocalRandom::current,
        Sleeper.REAL,
        failure -> {
          state.retried();
          surroundings.observer().retried(settings.name(), failure);
        });
  }

  /**
   * A chain over mirrors.
   *
   * @param mirrors by name, all that the list names
   * @param confidential the mirrors that may hear the names of private modules
   */
  public MirrorChain chain(
      ProxyList list,
      Map<String, Mirror> mirrors,
      Set<String> confidential,
      MirrorChain.Rules rules) {
    Hedge hedge = new Hedge(this::state, rules.hedgeAtLeast(), surroundings.threads());
    return new MirrorChain(
        list,
        mirrors,
        confidential,
        new Itinerary(this::state, confidential, rules.bySpeed()),
        new Conduct(this::state, convictions, lies, hedge),
        rules.timeout());
  }

  /**
   * A checksum database that mirrors may relay.
   *
   * @param relays in the order of the chain; none if the operator gave the database's address
   * @param own the database itself, as a mirror of its own
   * @param timeout as {@link RelayedDatabase} has it
   * @param hedgeAtLeast as {@link MirrorChain.Rules} has it
   */
  public RelayedDatabase database(
      String name,
      List<Mirror> relays,
      Mirror own,
      Duration timeout,
      Optional<Duration> hedgeAtLeast) {
    return new RelayedDatabase(
        name,
        relays,
        Optional.of(own),
        timeout,
        surroundings.time(),
        this::isHealthy,
        surroundings.threads(),
        Optional.of(new Hedge(this::state, hedgeAtLeast, surroundings.threads())));
  }

  /** What mirrors lied about. */
  public Convictions convictions() {
    return convictions;
  }

  /** How each mirror is, by name. */
  public List<MirrorReport> reports() {
    Map<String, String> changed = changedFaces();
    return states.values().stream().map(state -> report(state, changed)).toList();
  }

  private MirrorReport report(MirrorState state, Map<String, String> changed) {
    MirrorReport.Breaker breaker =
        Optional.ofNullable(breakers.get(state.name()))
            .map(WatchedBreaker::report)
            .orElse(MirrorReport.Breaker.NONE);
    MirrorReport report =
        state.report(breaker, convictions.count(state.name(), Convictions.CONDEMNED));
    return Optional.ofNullable(changed.get(state.name())).map(report::takenOut).orElse(report);
  }

  /** What changed of each mirror that is taken out because of its face, by its name. */
  public Map<String, String> changedFaces() {
    Map<String, String> changed = new TreeMap<>();
    faces.forEach(face -> face.alarm().ifPresent(alarm -> changed.put(face.name(), alarm)));
    return changed;
  }

  /**
   * Lets a mirror be asked again that was taken out for lies.
   *
   * @return false if there is no mirror of that name
   */
  public boolean readmit(String mirror) {
    Optional<MirrorState> state = Optional.ofNullable(states.get(mirror));
    state.ifPresent(known -> {
      convictions.forget(mirror);
      known.readmit();
    });
    return state.isPresent();
  }

  /** True unless the mirror fails, lies, or is slower than others. */
  public boolean isHealthy(String mirror) {
    return state(mirror).health() == Health.HEALTHY;
  }

  private MirrorState state(String mirror) {
    return states.computeIfAbsent(
        mirror, name -> new MirrorState(name, USUAL_HEALTH, USUAL_SUSPICION, surroundings.time()));
  }

  /**
   * Reads every file that holds a credential; asks nobody.
   *
   * @throws IOException if one can't be used; the message names the key and the reason
   */
  public void checkCredentials() throws IOException {
    credentials.check();
  }

  private Mirror http(MirrorSettings settings) {
    HttpClients http =
        new HttpClients(settings, Tls.of(settings.tls()), credentials.certificate(settings), clock);
    clients.add(http);
    return new HttpMirror(
        settings, http, credentials.of(settings, http), bodies, surroundings.traceparent());
  }

  /** What a mirror did before it was down says nothing of it once it is up: its breaker closes. */
  private void probe(
      Mirror http, MirrorState state, CircuitBreaker breaker, MirrorSettings settings) {
    settings
        .health()
        .probe()
        .ifPresent(path ->
            new HealthProbe(http, state, path, settings.timeouts().firstByte(), breaker::reset)
                .every(settings.health().interval(), clock, surroundings.threads()));
  }

  private Mirror recognised(Mirror mirror, MirrorSettings settings) {
    if (settings.identity().isNone()) {
      return mirror;
    }
    IdentityMirror face =
        new IdentityMirror(mirror, settings.breaker().open(), surroundings.time());
    faces.add(face);
    return face;
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
    breakers.put(
        settings.name(), new WatchedBreaker(settings.name(), breaker, surroundings.observer()));
    return breaker;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    clients.forEach(HttpClients::close);
  }
}
