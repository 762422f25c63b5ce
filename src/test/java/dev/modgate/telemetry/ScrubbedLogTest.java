package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.OtlpCollector;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScrubbedLogTest {

  private static final Logger EXPORTER = Logger.getLogger("io.opentelemetry.exporter.Any");

  private final LeakDetector detector = LeakDetector.random(new SplittableRandom(21));

  @Test
  void log_messageAndException_showNoSecret() {
    KnownSecrets secrets = new KnownSecrets();
    secrets.register(detector.canary());
    try (LogCapture log = new LogCapture();
        ScrubbedLog _ =
            ScrubbedLog.install(new Scrubber(secrets), LogStyle.TEXT, new LogBridge())) {
      EXPORTER.log(Level.WARNING, "failed: " + detector.canary() + "\nnext line");
      EXPORTER.log(Level.WARNING, "failed", new IOException(new IOException(detector.canary())));
      assertEquals(List.of(), detector.search(log.text().getBytes(UTF_8)));
      assertTrue(log.text().contains("failed: [REDACTED] next line"), log::text);
      assertTrue(log.text().contains("failed (java.io.IOException)"), log::text);
    }
  }

  /** Undertow does so at its finest; a client may have written a token into the path. */
  @Test
  void log_serverQuotesARequest_showsNoTarget() {
    Logger undertow = Logger.getLogger("io.undertow.server.HttpServerExchange");
    try (LogCapture log = new LogCapture();
        ScrubbedLog _ =
            ScrubbedLog.install(new Scrubber(new KnownSecrets()), LogStyle.TEXT, new LogBridge())) {
      undertow.warning("Starting to write for HttpServerExchange{ GET /my-own.token/}/x} now");
      undertow.warning("Cut short: HttpServerExchange{ GET /my-own.token");
      assertFalse(log.text().contains("my-own"), log::text);
      assertTrue(log.text().contains("to write for HttpServerExchange{[REDACTED]} now"), log::text);
    }
  }

  @Test
  void log_withoutIt_showsTheSecret() {
    try (LogCapture log = new LogCapture()) {
      EXPORTER.log(Level.WARNING, "failed: " + detector.canary());
      assertEquals(
          List.of(LeakDetector.Encoding.PLAIN, LeakDetector.Encoding.FRAGMENT),
          detector.search(log.text().getBytes(UTF_8)));
    }
  }

  /** A collector that refuses and quotes the header it was sent. */
  @Test
  void log_collectorEchoesItsHeader_showsNoSecret() throws IOException {
    try (OtlpCollector collector = new OtlpCollector();
        LogCapture log = new LogCapture()) {
      collector.refuse();
      Map<String, String> environment =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.endpoint(),
              "OTEL_EXPORTER_OTLP_HEADERS",
              "authorization=Bearer%20" + URLEncoder.encode(detector.canary(), UTF_8));
      try (Telemetry telemetry = Telemetry.start(environment, "1").orThrow()) {
        telemetry.serverSpans().begin("GET", "/", Optional.empty()).end(200, Optional.empty());
      }
      assertTrue(log.text().contains("HTTP status code 401"), log::text);
      assertTrue(log.text().contains("not you:"), log::text);
      assertEquals(List.of(), detector.search(log.text().getBytes(UTF_8)));
    }
  }

  /** Everything that the exporter and its HTTP client can be made to say. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void log_atItsFinest_showsNoSecret(boolean accepted) throws IOException {
    List<Logger> loggers =
        List.of(Logger.getLogger("io.opentelemetry"), Logger.getLogger("okhttp3"));
    loggers.forEach(logger -> logger.setLevel(Level.ALL));
    try (OtlpCollector collector = new OtlpCollector();
        LogCapture log = new LogCapture()) {
      if (!accepted) {
        collector.refuse();
      }
      Map<String, String> environment =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.endpoint(),
              "OTEL_EXPORTER_OTLP_HEADERS",
              "x-key=" + URLEncoder.encode(detector.canary(), UTF_8));
      try (Telemetry telemetry = Telemetry.start(environment, "1").orThrow()) {
        Surface.EXCEPTION_MESSAGE.plant(telemetry.sdk(), detector.canary());
        Surface.HEADER_ATTRIBUTES.plant(telemetry.sdk(), detector.canary());
      }
      assertTrue(log.text().contains("okhttp3"), log::text);
      assertEquals(List.of(), detector.search(log.text().getBytes(UTF_8)), log::text);
    } finally {
      loggers.forEach(logger -> logger.setLevel(Level.INFO));
    }
  }
}
