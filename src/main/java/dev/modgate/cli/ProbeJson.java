package dev.modgate.cli;

import dev.modgate.document.JsonLine;
import dev.modgate.probe.CertificateFacts;
import dev.modgate.probe.ProbeReport;
import java.util.Locale;
import java.util.TreeMap;

/** A report to be processed. Times are in milliseconds. */
final class ProbeJson {

  private ProbeJson() {}

  static JsonLine of(ProbeReport report) {
    JsonLine line =
        new JsonLine()
            .text("url", report.url())
            .text("module", report.module())
            .bool("conforms", report.conforms())
            .text("refused", report.refused());
    report.connection().ifPresent(connection -> line.object("connection", of(connection)));
    return line.objects("certificates", report.certificates().stream().map(ProbeJson::of).toList())
        .objects("headers", report.headers().stream().map(ProbeJson::of).toList())
        .texts("makers", report.makers())
        .objects("checks", report.checks().stream().map(ProbeJson::of).toList())
        .object("suggestion", of(report.suggestion()));
  }

  private static JsonLine of(ProbeReport.Connection connection) {
    return new JsonLine()
        .text("address", connection.address())
        .text("http", connection.http())
        .text("tls", connection.tls())
        .text("cipher", connection.cipher())
        .number("connect", connection.connect().toMillis())
        .number("handshake", connection.handshake().toMillis());
  }

  private static JsonLine of(CertificateFacts certificate) {
    return new JsonLine()
        .text("subject", certificate.subject())
        .text("issuer", certificate.issuer())
        .texts("names", certificate.names())
        .text("notBefore", certificate.notBefore().toString())
        .text("notAfter", certificate.notAfter().toString())
        .text("key", certificate.key())
        .text("signature", certificate.signature())
        .text("pin", certificate.pin())
        .text("fingerprint", certificate.fingerprint());
  }

  private static JsonLine of(ProbeReport.Header header) {
    return new JsonLine().text("name", header.name()).text("value", header.value());
  }

  private static JsonLine of(ProbeReport.Check check) {
    return new JsonLine()
        .text("name", check.name())
        .text("outcome", check.outcome().name().toLowerCase(Locale.ROOT))
        .text("detail", check.detail())
        .number("took", check.took().toMillis());
  }

  private static JsonLine of(ProbeReport.Suggestion suggestion) {
    JsonLine headers = new JsonLine();
    new TreeMap<>(suggestion.headers()).forEach(headers::text);
    return new JsonLine()
        .texts("pins", suggestion.pins())
        .texts("sans", suggestion.names())
        .text("issuer", suggestion.issuer())
        .object("headers", headers);
  }
}
