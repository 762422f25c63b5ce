package dev.modgate.gateway;

import dev.modgate.audit.AuditLog;
import dev.modgate.chain.Mirrors;
import dev.modgate.document.JsonLine;
import dev.modgate.edge.AdminStatus;
import dev.modgate.pipeline.Ledger;
import dev.modgate.store.Quarantine;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import java.util.Optional;

/** What the admin listener tells of a running gate. */
final class GatewayStatus implements AdminStatus {

  private final String version;
  private final Mirrors mirrors;
  private final Databases databases;
  private final Quarantine quarantine;
  private final AuditLog audit;
  private final Ledger ledger;

  GatewayStatus(
      String version,
      Mirrors mirrors,
      Databases databases,
      Quarantine quarantine,
      AuditLog audit,
      Ledger ledger) {
    this.version = version;
    this.mirrors = mirrors;
    this.databases = databases;
    this.quarantine = quarantine;
    this.audit = audit;
    this.ledger = ledger;
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
    JsonLine breakers = new JsonLine();
    mirrors.breakerStates().forEach(breakers::text);
    JsonLine logs = new JsonLine();
    databases.byName().forEach((name, database) -> logs.object(name, json(database)));
    return new JsonLine()
        .text("version", version)
        .object("breakers", breakers)
        .object("databases", logs)
        .number("quarantined", quarantine.size())
        .number("auditLinesLost", audit.lost())
        .number("diskFailures", ledger.diskFailures())
        .toString();
  }

  private static JsonLine json(ChecksumDatabase database) {
    return new JsonLine().number("tree", database.treeSize()).text("alarm", database.alarm());
  }
}
