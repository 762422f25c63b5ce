package dev.modgate.cli;

import dev.modgate.probe.CertificateFacts;
import dev.modgate.probe.ProbeReport;
import dev.modgate.probe.ProbeReport.Check;
import dev.modgate.probe.ProbeReport.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A report to be read. */
final class ProbeText {

  private final ProbeReport report;
  private final Instant now;
  private final List<String> lines = new ArrayList<>();

  ProbeText(ProbeReport report, Instant now) {
    this.report = report;
    this.now = now;
  }

  List<String> lines() {
    lines.add(report.url());
    report.connection().ifPresent(this::connection);
    report.refused().ifPresent(why -> lines.add("  refused       " + why));
    certificates();
    headers();
    checks();
    if (report.refused().isEmpty()) {
      suggestion();
    }
    lines.add("");
    lines.add(verdict());
    return List.copyOf(lines);
  }

  private void connection(Connection connection) {
    lines.add("  address       " + connection.address());
    lines.add(
        "  protocol      "
            + connection.http()
            + (connection.tls().isEmpty()
                ? ", without TLS"
                : ", " + connection.tls() + ", " + connection.cipher()));
    lines.add(
        "  latency       connect "
            + millis(connection.connect())
            + (connection.tls().isEmpty() ? "" : ", TLS " + millis(connection.handshake())));
  }

  private void certificates() {
    int number = 1;
    for (CertificateFacts each : report.certificates()) {
      lines.add("");
      lines.add("certificate " + number++ + "   " + each.subject());
      lines.add("  issuer        " + each.issuer());
      if (!each.names().isEmpty()) {
        lines.add("  names         " + String.join(", ", each.names()));
      }
      lines.add(
          "  valid         %s to %s%s"
              .formatted(day(each.notBefore()), day(each.notAfter()), left(each)));
      lines.add("  key           " + each.key() + ", signed with " + each.signature());
      lines.add("  pin           " + each.pin());
      lines.add("  fingerprint   " + each.fingerprint());
    }
  }

  private String left(CertificateFacts certificate) {
    if (now.isBefore(certificate.notBefore())) {
      return ", not yet";
    }
    return now.isAfter(certificate.notAfter())
        ? ", expired"
        : ", %d days left".formatted(Duration.between(now, certificate.notAfter()).toDays());
  }

  private void headers() {
    if (report.headers().isEmpty() && report.makers().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(
        "headers"
            + (report.makers().isEmpty() ? "" : "       of " + String.join(", ", report.makers())));
    int width =
        report.headers().stream().mapToInt(header -> header.name().length()).max().orElse(0);
    for (ProbeReport.Header header : report.headers()) {
      String padding = " ".repeat(Math.max(12, width) - header.name().length() + 2);
      lines.add(
          "  "
              + header.name()
              + padding
              + header.value().orElse("(not the same in all answers, or not to be shown)"));
    }
  }

  private void checks() {
    if (report.checks().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("protocol        " + report.module());
    for (Check check : report.checks()) {
      String word =
          switch (check.outcome()) {
            case KEPT -> "ok";
            case NOTE -> "note";
            case BROKEN -> "BROKEN";
          };
      lines.add(
          "  %-6s  %-14s  %7s  %s"
              .formatted(word, check.name(), millis(check.took()), check.detail()));
    }
  }

  private void suggestion() {
    ProbeReport.Suggestion found = report.suggestion();
    if (found.pins().isEmpty() && found.headers().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("to pin it, below its name in mirrors:");
    if (!found.pins().isEmpty()) {
      lines.add("    tls:");
      lines.add("      pins:   # one of them is enough: the authorities above it");
      found.pins().forEach(pin -> lines.add("        - " + pin));
      if (!found.names().isEmpty()) {
        lines.add(
            "      sans: ["
                + String.join(", ", found.names().stream().map(ProbeText::quoted).toList())
                + "]");
      }
    }
    if (!found.headers().isEmpty() || !found.issuer().isEmpty()) {
      lines.add("    identity:");
    }
    if (!found.issuer().isEmpty()) {
      lines.add("      issuer: " + quoted(found.issuer()));
    }
    if (!found.headers().isEmpty()) {
      lines.add("      headers:");
      new TreeMap<>(found.headers())
          .forEach((name, glob) -> lines.add("        " + name + ": " + quoted(glob)));
    }
  }

  private String verdict() {
    if (report.refused().isPresent()) {
      return "not reached: " + report.refused().get();
    }
    long broken =
        report.checks().stream().filter(check -> check.outcome() == Check.Outcome.BROKEN).count();
    return report.conforms() ? "it conforms" : broken + " of " + report.checks().size() + " broken";
  }

  /** In single quotes YAML takes everything as it is, but for the quote. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
