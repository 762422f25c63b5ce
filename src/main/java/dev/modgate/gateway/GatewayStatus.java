package dev.modgate.gateway;

import dev.modgate.audit.AuditLog;
import dev.modgate.chain.CountedSources;
import dev.modgate.chain.Health;
import dev.modgate.chain.MirrorReport;
import dev.modgate.chain.Mirrors;
import dev.modgate.document.JsonLine;
import dev.modgate.edge.AdminStatus;
import dev.modgate.pipeline.Ledger;
import dev.modgate.store.DataDirectory;
import dev.modgate.store.Quarantine;
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
  private final Metrics metrics;
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
      Metrics metrics,
      Optional<TrafficMirror> traffic) {
    this.version = version;
    this.mirrors = mirrors;
    this.asked = Set.copyOf(asked);
    this.databases = databases;
    this.data = data;
    this.quarantine = quarantine;
    this.audit = audit;
    this.ledger = ledger;
    this.metrics = metrics;
    this.traffic = traffic;
    measureMirrors();
    measureLog();
    measureDisk();
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
            .number("quarantined", quarantine.size())
            .number("auditLinesLost", audit.lost())
            .number("diskFailures", diskFailures())
            .number("diskFree", data.free())
            .number("logFailuresInARow", databases.sources().failedInARow());
    traffic.ifPresent(mirror -> status.object("traffic", json(mirror.report())));
    return status.toString();
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
  public String metrics() {
    return metrics.prometheus();
  }

  private void measureMirrors() {
    metrics.mirrors(mirrors::reports);
    metrics.gauges(
        "modgate.mirrors",
        "{mirror}",
        "Mirrors that goproxy names; usable are those that are healthy behind a closed breaker.",
        "state",
        this::usable);
    metrics.counters(
        "modgate.decisions",
        "{decision}",
        "Lines of the audit log, by their verdict.",
        "verdict",
        ledger::decisions);
    metrics.gauge(
        "modgate.quarantine.pieces",
        "{piece}",
        "Pieces of evidence that are kept.",
        quarantine::size);
  }

  private Map<String, Long> usable() {
    List<MirrorReport> upstreams =
        mirrors.reports().stream().filter(report -> asked.contains(report.name())).toList();
    long usable = upstreams.stream().filter(GatewayStatus::isUsable).count();
    return Map.of("usable", usable, "unusable", upstreams.size() - usable);
  }

  private static boolean isUsable(MirrorReport report) {
    return report.health() == Health.HEALTHY && report.breaker().equals("CLOSED");
  }

  private void measureDisk() {
    metrics.gauge(
        "modgate.disk.free",
        "By",
        "Bytes that may still be written to the file system of the data directory.",
        data::free);
    metrics.counter(
        "modgate.audit.lost", "{line}", "Audit lines that could not be written.", audit::lost);
    metrics.counter(
        "modgate.disk.failures",
        "{failure}",
        "Answers and tree heads that could not be read or kept because the disk failed.",
        this::diskFailures);
  }

  private long diskFailures() {
    return ledger.diskFailures() + databases.storeFailures().get();
  }

  private void measureLog() {
    ChecksumDatabase proving = databases.proving();
    CountedSources sources = databases.sources();
    metrics.counters(
        "modgate.log.requests",
        "{request}",
        "Requests to the sources of the log that proves modules.",
        "outcome",
        () -> Map.of("answered", sources.answered(), "failed", sources.failed()));
    metrics.gauge(
        "modgate.log.failures_in_a_row",
        "{request}",
        "Requests to the sources of that log that failed since one was last answered.",
        sources::failedInARow);
    metrics.gauge(
        "modgate.log.tree_size",
        "{record}",
        "Size of the newest proven tree head of the log that proves modules.",
        proving::treeSize);
    metrics.gauge(
        "modgate.log.alarm",
        "{alarm}",
        "1 while nothing is believed of the log that proves modules, because it forked.",
        () -> proving.alarm().isPresent() ? 1 : 0);
  }

  private void measure(TrafficMirror mirror) {
    metrics.counter(
        "modgate.traffic.sent",
        "{line}",
        "Lines about answers that mirror-traffic.url has taken.",
        () -> mirror.report().sent());
    metrics.counter(
        "modgate.traffic.lost",
        "{line}",
        "Lines about answers that were dropped for want of room, or rejected.",
        () -> mirror.report().dropped() + mirror.report().rejected());
    metrics.counter(
        "modgate.traffic.left_out",
        "{line}",
        "Lines that were sent without the body that they should have had.",
        () -> mirror.report().leftOut());
    metrics.gauge(
        "modgate.traffic.queued",
        "{line}",
        "Lines about answers that wait or are under way.",
        () -> mirror.report().queued());
  }

  private static JsonLine json(MirrorReport report) {
    JsonLine line =
        new JsonLine()
            .text("health", report.health().name())
            .text("why", report.why())
            .text("breaker", report.breaker())
            .number("answered", report.answered())
            .number("failed", report.failed())
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
