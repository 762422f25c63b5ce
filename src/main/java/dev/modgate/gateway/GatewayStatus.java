package dev.modgate.gateway;

import dev.modgate.audit.AuditLog;
import dev.modgate.builds.Builds;
import dev.modgate.chain.CountedSources;
import dev.modgate.chain.Health;
import dev.modgate.chain.MirrorReport;
import dev.modgate.chain.Mirrors;
import dev.modgate.document.JsonLine;
import dev.modgate.edge.AdminStatus;
import dev.modgate.edge.Connections;
import dev.modgate.pipeline.Flights;
import dev.modgate.pipeline.Ledger;
import dev.modgate.store.DataDirectory;
import dev.modgate.store.Quarantine;
import dev.modgate.telemetry.Instrument;
import dev.modgate.telemetry.MetricLabel;
import dev.modgate.telemetry.Metrics;
import dev.modgate.traffic.TrafficMirror;
import dev.modgate.traffic.TrafficReport;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the admin listener tells of a running gate. */
final class GatewayStatus implements AdminStatus {

  private final String version;
  private final Mirrors mirrors;
  private final Set<String> asked;
  private final Databases databases;
  private final DataDirectory data;
  private final Quarantine quarantine;
  private final AuditLog audit;
  private final Ledger ledger;
  private final Flights flights;
  private final Metrics metrics;
  private final Builds builds;
  private final Connections connections;
  private final Optional<TrafficMirror> traffic;

  /**
   * @param asked the names of the mirrors that {@code goproxy} names
   */
  GatewayStatus(
      String version,
      Mirrors mirrors,
      Set<String> asked,
      Databases databases,
      DataDirectory data,
      Quarantine quarantine,
      AuditLog audit,
      Ledger ledger,
      Flights flights,
      Metrics metrics,
      Builds builds,
      Connections connections,
      Optional<TrafficMirror> traffic) {
    this.version = version;
    this.mirrors = mirrors;
    this.asked = Set.copyOf(asked);
    this.databases = databases;
    this.data = data;
    this.quarantine = quarantine;
    this.audit = audit;
    this.ledger = ledger;
    this.flights = flights;
    this.metrics = metrics;
    this.builds = builds;
    this.connections = connections;
    this.traffic = traffic;
    measureMirrors();
    measureLog();
    measureDisk();
    metrics.gauge(Instrument.CONNECTIONS, connections::open);
    metrics.counter(Instrument.CONNECTIONS_TURNED_AWAY, connections::turnedAway);
    traffic.ifPresent(this::measure);
  }

  @Override
  public Optional<String> notReady() {
    if (audit.lost() > 0) {
      return Optional.of("the audit log can't be written");
    }
    return databases.proving().alarm();
  }

  @Override
  public String json() {
    JsonLine known = new JsonLine();
    mirrors.reports().forEach(report -> known.object(report.name(), json(report)));
    JsonLine logs = new JsonLine();
    databases.byName().forEach((name, database) -> logs.object(name, json(database)));
    JsonLine status =
        new JsonLine()
            .text("version", version)
            .object("mirrors", known)
            .object("databases", logs)
            .number("builds", builds.size())
            .object("connections", json(connections))
            .number("quarantined", quarantine.size())
            .number("auditLinesLost", audit.lost())
            .number("diskFailures", diskFailures())
            .number("diskFree", data.free())
            .number("logFailuresInARow", databases.sources().failedInARow());
    traffic.ifPresent(mirror -> status.object("traffic", json(mirror.report())));
    return status.toString();
  }

  private static JsonLine json(Connections connections) {
    return new JsonLine()
        .number("open", connections.open())
        .number("most", connections.most())
        .number("turnedAway", connections.turnedAway());
  }

  private static JsonLine json(TrafficReport report) {
    return new JsonLine()
        .number("sent", report.sent())
        .number("dropped", report.dropped())
        .number("rejected", report.rejected())
        .number("queued", report.queued())
        .number("failed", report.failed())
        .number("leftOut", report.leftOut())
        .text("trouble", report.trouble());
  }

  @Override
  public Optional<String> build(String id) {
    return builds.json(id);
  }

  @Override
  public Page metrics(Optional<String> accept) {
    Metrics.Page page = metrics.page(accept);
    return new Page(page.contentType(), page.text());
  }

  private void measureMirrors() {
    metrics.mirrors(mirrors::reports);
    metrics.gauges(Instrument.MIRRORS, MetricLabel.STATE, this::usable);
    metrics.gauge(Instrument.FETCHES, flights::underWay);
    metrics.counters(Instrument.DECISIONS, MetricLabel.VERDICT, ledger::decisions);
    metrics.gauge(Instrument.QUARANTINE_PIECES, quarantine::size);
  }

  private Map<String, Long> usable() {
    List<MirrorReport> upstreams =
        mirrors.reports().stream().filter(report -> asked.contains(report.name())).toList();
    long usable = upstreams.stream().filter(GatewayStatus::isUsable).count();
    return Map.of("usable", usable, "unusable", upstreams.size() - usable);
  }

  private static boolean isUsable(MirrorReport report) {
    return report.health() == Health.HEALTHY && report.breaker().state().equals("CLOSED");
  }

  private void measureDisk() {
    metrics.gauge(Instrument.DISK_FREE, data::free);
    metrics.counter(Instrument.AUDIT_LOST, audit::lost);
    metrics.counter(Instrument.DISK_FAILURES, this::diskFailures);
  }

  private long diskFailures() {
    return ledger.diskFailures() + databases.storeFailures();
  }

  private void measureLog() {
    ChecksumDatabase proving = databases.proving();
    CountedSources sources = databases.sources();
    metrics.counters(
        Instrument.LOG_REQUESTS,
        MetricLabel.OUTCOME,
        () -> Map.of("answered", sources.answered(), "failed", sources.failed()));
    metrics.gauge(Instrument.LOG_FAILURES, sources::failedInARow);
    metrics.gauge(Instrument.LOG_TREE_SIZE, proving::treeSize);
    metrics.gauge(Instrument.LOG_TREE_AGE, () -> databases.notes().getFirst().age().toSeconds());
    metrics.gauge(Instrument.LOG_ALARM, () -> proving.alarm().isPresent() ? 1 : 0);
  }

  private void measure(TrafficMirror mirror) {
    metrics.counter(Instrument.TRAFFIC_SENT, () -> mirror.report().sent());
    metrics.counter(
        Instrument.TRAFFIC_LOST, () -> mirror.report().dropped() + mirror.report().rejected());
    metrics.counter(Instrument.TRAFFIC_LEFT_OUT, () -> mirror.report().leftOut());
    metrics.gauge(Instrument.TRAFFIC_QUEUED, () -> mirror.report().queued());
  }

  private static JsonLine json(MirrorReport report) {
    JsonLine line =
        new JsonLine()
            .text("health", report.health().name())
            .text("why", report.why())
            .text("breaker", report.breaker().state())
            .number("answered", report.answered())
            .number("failed", report.failed())
            .number("retries", report.retries())
            .number("bytes", report.bytes())
            .number("condemned", report.condemned())
            .text("lastFailure", report.lastFailure());
    report.firstByte().ifPresent(times -> line.object("firstByteMillis", json(times)));
    return line;
  }

  private static JsonLine json(MirrorReport.Quantiles times) {
    return new JsonLine()
        .number("p50", times.p50().toMillis())
        .number("p95", times.p95().toMillis())
        .number("p99", times.p99().toMillis());
  }

  @Override
  public boolean readmit(String mirror) {
    return mirrors.readmit(mirror);
  }

  private static JsonLine json(ChecksumDatabase database) {
    return new JsonLine().number("tree", database.treeSize()).text("alarm", database.alarm());
  }
}
