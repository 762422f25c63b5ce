package dev.modgate.gateway;

import dev.modgate.admission.Admission;
import dev.modgate.audit.AuditLog;
import dev.modgate.builds.Builds;
import dev.modgate.chain.MirrorChain;
import dev.modgate.chain.Mirrors;
import dev.modgate.config.Configuration;
import dev.modgate.config.Endpoint;
import dev.modgate.direct.DirectMirror;
import dev.modgate.edge.Connections;
import dev.modgate.edge.Edge;
import dev.modgate.edge.ServedObserver;
import dev.modgate.pipeline.AbsentAnswers;
import dev.modgate.pipeline.Answers;
import dev.modgate.pipeline.Artifacts;
import dev.modgate.pipeline.AtHand;
import dev.modgate.pipeline.Flights;
import dev.modgate.pipeline.Infos;
import dev.modgate.pipeline.Ledger;
import dev.modgate.pipeline.LogRelay;
import dev.modgate.pipeline.Pipeline;
import dev.modgate.protocol.TargetParser;
import dev.modgate.store.AnswerStore;
import dev.modgate.store.ArtifactStore;
import dev.modgate.store.DataDirectory;
import dev.modgate.store.Quarantine;
import dev.modgate.telemetry.KnownSecrets;
import dev.modgate.telemetry.LogStyle;
import dev.modgate.telemetry.ModuleNames;
import dev.modgate.telemetry.Telemetry;
import dev.modgate.telemetry.TracedLookups;
import dev.modgate.telemetry.TracedMirrors;
import dev.modgate.telemetry.TracedRequests;
import dev.modgate.telemetry.TracedSteps;
import dev.modgate.traffic.TrafficMirror;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.Verifier;
import dev.modgate.verify.module.ModulePatterns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One running gate. */
public final class Gateway implements AutoCloseable {

  private final Edge edge;
  private final Telemetry telemetry;
  private final Deque<AutoCloseable> parts;

  private Gateway(Edge edge, Telemetry telemetry, Deque<AutoCloseable> parts) {
    this.edge = edge;
    this.telemetry = telemetry;
    this.parts = parts;
  }

  /**
   * Builds every room from what it needs, in the order of {@code docs/design.md}, and listens.
   *
   * @param environment for the {@code OTEL_*} variables
   * @param version of this program
   * @throws IOException if the data directory, an address or the file of a credential can't be
   *     used; the message says which
   */
  public static Gateway start(
      Configuration configuration, Map<String, String> environment, String version)
      throws IOException {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return start(configuration, environment, version, parts);
    } catch (IOException | RuntimeException e) {
      closeAll(parts);
      throw e;
    }
  }

  private static Gateway start(
      Configuration configuration,
      Map<String, String> environment,
      String version,
      Deque<AutoCloseable> parts)
      throws IOException {
    InstantSource clock = InstantSource.system();
    LiveSecrets secrets = LiveSecrets.of(configuration);
    ModuleNames names = PrivateNames.of(configuration, clock, secrets);
    Telemetry telemetry = telemetry(configuration, secrets.known(), names, environment, version);
    parts.push(telemetry);
    ExecutorService threads = Telemetry.propagating(Executors.newVirtualThreadPerTaskExecutor());

    DataDirectory data = DataDirectory.open(configuration.data(), clock);
    AuditLog audit = new AuditLog(data.audit(), clock);
    parts.push(audit);
    ArtifactStore artifactStore = new ArtifactStore(data);
    AnswerStore answerStore = new AnswerStore(data, clock);
    Quarantine quarantine = new Quarantine(data, clock, secrets::isRepeatedIn);

    TracedMirrors traced = new TracedMirrors(telemetry.childSpans(), telemetry.httpTimes());
    Mirrors mirrors =
        new Mirrors(
            new Mirrors.Surroundings(
                data::newTemporary, Telemetry::traceparent, traced, threads, clock),
            secrets,
            secrets);
    parts.push(mirrors);
    Evidence.recall(quarantine, mirrors.convictions());
    Optional<DirectMirror> direct = Origins.of(configuration, environment, data, clock);
    direct.ifPresent(parts::push);
    Upstreams upstreams = Upstreams.of(configuration, mirrors, direct.map(traced::watched));
    mirrors.checkCredentials();
    MirrorChain chain = upstreams.chain();

    Databases databases = Databases.of(configuration, upstreams, data, mirrors, threads);
    Verifier verifier =
        new Verifier(new TracedLookups(databases.proving(), telemetry.childSpans()), threads);

    Ledger ledger = new Ledger(audit);
    Flights flights = new Flights(threads, configuration.fetching().timeout());
    TracedSteps steps = new TracedSteps(telemetry.childSpans());
    Pipeline pipeline =
        new Pipeline(
            new Admission(
                ModulePatterns.of(configuration.gonosumdb()),
                ModulePatterns.of(configuration.goprivate())),
            new Artifacts(artifactStore, quarantine, chain, verifier, ledger, flights, steps),
            new Infos(answerStore, chain, verifier, ledger, flights),
            new Answers(
                answerStore,
                chain,
                ledger,
                flights,
                configuration.store().ttl(),
                new AbsentAnswers(clock, configuration.store().absentTtl())),
            new LogRelay(databases.byName()),
            ledger,
            new AtHand(() -> verifier.alarm().isEmpty(), System::nanoTime));

    Optional<TrafficMirror> traffic = TrafficCopy.of(configuration, clock, secrets);
    traffic.ifPresent(parts::push);
    Builds builds = new Builds(clock);
    List<ServedObserver> watching = new ArrayList<>(List.of(builds));
    traffic.ifPresent(watching::add);
    Connections connections = new Connections(configuration.connections());
    Edge edge =
        Edge.start(
            new Edge.Settings(
                address(configuration.listen()),
                address(configuration.admin()),
                connections,
                configuration.sendBuffer(),
                peer -> isTrusted(configuration, peer)),
            new TargetParser(databases.names()),
            pipeline,
            new TracedRequests(telemetry.serverSpans(), telemetry.httpTimes()),
            ServedObserver.all(watching),
            new GatewayStatus(
                version,
                mirrors,
                upstreams.names(),
                databases,
                data,
                quarantine,
                audit,
                ledger,
                flights,
                telemetry.metrics(),
                builds,
                connections,
                traffic),
            threads);
    parts.push(edge);
    return new Gateway(edge, telemetry, parts);
  }

  private static Telemetry telemetry(
      Configuration configuration,
      KnownSecrets secrets,
      ModuleNames names,
      Map<String, String> environment,
      String version)
      throws IOException {
    LogStyle log =
        switch (configuration.log().format()) {
          case TEXT -> LogStyle.TEXT;
          case JSON -> LogStyle.JSON;
        };
    return switch (Telemetry.start(environment, version, secrets, log, names)) {
      case Parsed.Valid<Telemetry>(Telemetry telemetry) -> telemetry;
      case Parsed.Invalid<Telemetry>(String reason) -> throw new IOException(reason);
    };
  }

  private static boolean isTrusted(Configuration configuration, InetAddress peer) {
    return configuration.audit().trustedPeers().stream()
        .anyMatch(network -> network.contains(peer));
  }

  private static InetSocketAddress address(Endpoint endpoint) {
    return new InetSocketAddress(endpoint.host(), endpoint.port());
  }

  /** What GOPROXY has to be. */
  public String url() {
    return "http://" + Edge.shown(edge.modules());
  }

  public String adminUrl() {
    return "http://" + Edge.shown(edge.admin());
  }

  /**
   * A build whose spans leave together with this gate's own.
   *
   * @param traceparent what the build is a part of, as the environment says; a malformed one counts
   *     for none
   */
  public BuildTrace build(String id, Optional<String> traceparent) {
    return BuildTrace.begin(telemetry, id, traceparent);
  }

  /** Lets answers under way finish, then ends every part, the last one first. */
  @Override
  public void close() {
    closeAll(parts);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.getLogger("modgate").log(System.Logger.Level.WARNING, "while ending", e);
      }
    }
  }
}
