package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.OtlpCollector;
import dev.modgate.verify.Parsed;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TelemetryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OTEL_SERVICE_NAME=x",
        "OTEL_TRACES_EXPORTER=none",
        "OTEL_SDK_DISABLED=true",
        "OTEL_EXPORTER_OTLP_ENDPOINT=",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 OTEL_TRACES_EXPORTER=none"
            + " OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 OTEL_SDK_DISABLED=true",
        "OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none",
      })
  void start_nobodyAsksForExport_idsExistAndNothingLeaves(String variables) {
    try (Telemetry telemetry = Telemetry.start(environment(variables), "1").orThrow()) {
      assertFalse(telemetry.isExporting());
      ServerSpan span = telemetry.serverSpans().begin("GET", "/", Optional.empty());
      assertTrue(span.traceId().matches("[0-9a-f]{32}"));
      assertFalse(span.traceId().matches("0{32}"));
      span.end(200, Optional.empty());
      String sdk = telemetry.sdk().toString();
      assertFalse(sdk.contains("Exporter{"), sdk);
      assertTrue(sdk.contains("spanProcessor=IdsOnly"), sdk);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:1/v1/traces",
        "OTEL_TRACES_EXPORTER=otlp",
        "OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
      })
  void start_exportIsAskedFor_bothLocksAreInPlace(String variables) {
    try (Telemetry telemetry = Telemetry.start(environment(variables), "1").orThrow()) {
      assertTrue(telemetry.isExporting());
      String sdk = telemetry.sdk().toString();
      assertTrue(
          sdk.contains(
              "RedactingSpanProcessor{BatchSpanProcessor{spanExporter=RedactedOnlyExporter{"),
          sdk);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void start_collectorNamed_spansArriveOverHttpProtobuf(String compression) throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      Map<String, String> environment =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.endpoint(),
              "OTEL_EXPORTER_OTLP_COMPRESSION",
              compression);
      try (Telemetry telemetry = Telemetry.start(environment, "1.2.3").orThrow()) {
        telemetry
            .serverSpans()
            .begin("GET", "/healthz", Optional.empty())
            .end(204, Optional.empty());
      }
      String encoding = compression.equals("none") ? "" : compression;
      assertEquals(
          Set.of(
              "POST /v1/traces application/x-protobuf " + encoding,
              "POST /v1/metrics application/x-protobuf " + encoding),
          Set.copyOf(collector.requests()));
      String body = body(collector);
      assertTrue(body.contains("service.name\u0012\t\n\u0007modgate"), body);
      assertTrue(body.contains("service.version\u0012\u0007\n\u00051.2.3"), body);
      assertTrue(body.contains("GET /healthz"), body);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OTEL_SERVICE_NAME=proxy-7",
        "OTEL_RESOURCE_ATTRIBUTES=service.name=proxy-7,service.version=1.2.3"
      })
  void start_serviceIsNamed_keepsThatName(String variables) throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      Map<String, String> environment = environment(variables);
      environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
      try (Telemetry telemetry = Telemetry.start(environment, "1.2.3").orThrow()) {
        telemetry.serverSpans().begin("GET", "/", Optional.empty()).end(200, Optional.empty());
      }
      String body = body(collector);
      assertTrue(body.contains("service.name\u0012\t\n\u0007proxy-7"), body);
      assertTrue(body.contains("service.version\u0012\u0007\n\u00051.2.3"), body);
    }
  }

  @Test
  void start_serviceNameWithSpaces_isModgate() throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      Map<String, String> environment =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.endpoint(),
              "OTEL_SERVICE_NAME",
              "a name of several words");
      try (Telemetry telemetry = Telemetry.start(environment, "1.2.3").orThrow()) {
        telemetry.serverSpans().begin("GET", "/", Optional.empty()).end(200, Optional.empty());
      }
      assertTrue(body(collector).contains("service.name\u0012\t\n\u0007modgate"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_SDK_DISABLED, yes",
    "OTEL_TRACES_EXPORTER, console",
    "OTEL_TRACES_EXPORTER, 'otlp,logging'",
    "OTEL_TRACES_SAMPLER, sometimes",
    "OTEL_TRACES_SAMPLER_ARG, 2",
    "OTEL_BSP_SCHEDULE_DELAY, soon",
    "OTEL_BSP_EXPORT_TIMEOUT, -1",
    "OTEL_BSP_MAX_QUEUE_SIZE, 0",
    "OTEL_BSP_MAX_EXPORT_BATCH_SIZE, many",
    "OTEL_SPAN_EVENT_COUNT_LIMIT, x",
    "OTEL_EXPORTER_OTLP_ENDPOINT, 127.0.0.1:4318",
    "OTEL_EXPORTER_OTLP_ENDPOINT, https://user:s3cr3t@example.com",
    "OTEL_EXPORTER_OTLP_ENDPOINT, https://example.com/?token=s3cr3t",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, ftp://example.com",
    "OTEL_EXPORTER_OTLP_PROTOCOL, http/json",
    "OTEL_EXPORTER_OTLP_COMPRESSION, br",
    "OTEL_EXPORTER_OTLP_TIMEOUT, 1 year",
    "OTEL_EXPORTER_OTLP_HEADERS, s3cr3t",
    "OTEL_EXPORTER_OTLP_HEADERS, 'authorization=Bearer%20s3cr3t%0d%0ax'",
    "OTEL_EXPORTER_OTLP_HEADERS, 'x y=s3cr3t'",
    "OTEL_EXPORTER_OTLP_TRACES_HEADERS, 'authorization=Bearer%20s3cr3t%é'",
    "OTEL_CONFIG_FILE, s3cr3t.yaml",
    "OTEL_EXPERIMENTAL_CONFIG_FILE, s3cr3t.yaml",
  })
  void start_wrongValue_isRefusedByNameWithoutTheValue(String name, String value) {
    Parsed<Telemetry> started = Telemetry.start(Map.of(name, value), "1");
    String reason = assertInstanceOf(Parsed.Invalid.class, started).reason();
    assertTrue(reason.startsWith(name + " "), reason);
    assertFalse(reason.contains("s3cr3t"), reason);
    assertEquals(1, reason.lines().count());
  }

  /** What the SDK itself refuses, in its own words, with what it quotes. */
  @Test
  void start_sdkRefuses_reasonShowsNoSecret() {
    LeakDetector detector = LeakDetector.random(new SplittableRandom(5));
    String canary = detector.canary();
    String header = "authorization=" + URLEncoder.encode(canary, StandardCharsets.UTF_8);
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:1",
            "OTEL_EXPORTER_OTLP_HEADERS",
            header,
            "OTEL_EXPORTER_OTLP_CERTIFICATE",
            "/nowhere/" + canary);
    KnownSecrets secrets = new KnownSecrets();
    Parsed<Telemetry> started = Telemetry.start(environment, "1", secrets);
    String reason = assertInstanceOf(Parsed.Invalid.class, started).reason();
    assertTrue(reason.contains("/nowhere/[REDACTED]"), reason);
    assertEquals(List.of(), detector.search(reason.getBytes(StandardCharsets.UTF_8)));
    assertEquals(0, secrets.count(), "nothing stays behind");
  }

  @Test
  void start_headersForTheCollector_areKnownSecretsMeanwhile() {
    KnownSecrets secrets = new KnownSecrets();
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1",
            "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20abcdef7,x-key=ghijkl8");
    try (Telemetry telemetry = Telemetry.start(environment, "1", secrets).orThrow()) {
      Scrubber scrubber = new Scrubber(secrets);
      assertTrue(telemetry.isExporting());
      assertEquals("a [REDACTED] b [REDACTED] c", scrubber.scrub("a abcdef7 b ghijkl8 c"));
    }
    assertEquals(0, secrets.count());
  }

  @Test
  void start_unknownPartOnTheClassPath_isRefusedByName() {
    ComponentLoader planted =
        new ComponentLoader() {
          @Override
          public <T> Iterable<T> load(Class<T> type) {
            return type == AutoConfigurationCustomizerProvider.class
                ? List.of(type.cast(new Planted()))
                : List.of();
          }
        };
    Parsed<Telemetry> started =
        Telemetry.start(Map.of(), "1", new KnownSecrets(), LogStyle.TEXT, planted);
    String reason = assertInstanceOf(Parsed.Invalid.class, started).reason();
    assertTrue(reason.contains(Planted.class.getName()), reason);
  }

  @Test
  void start_always_leavesTheGlobalAlone() {
    try (Telemetry telemetry = Telemetry.start(Map.of(), "1").orThrow()) {
      assertFalse(telemetry.isExporting());
      assertFalse(GlobalOpenTelemetry.isSet());
    }
  }

  @Test
  void end_collectorHangs_returnsAtOnceAndTheQueueIsBounded() throws Exception {
    try (OtlpCollector collector = new OtlpCollector();
        LogCapture log = new LogCapture()) {
      collector.hang();
      try (Telemetry telemetry = Telemetry.start(impatient(collector.endpoint()), "1").orThrow()) {
        endSpans(telemetry, 20);
        collector.awaitRequest();
        Duration spent = endSpans(telemetry, 1_000);
        assertTrue(spent.toSeconds() < 5, spent::toString);
      }
      assertTrue(log.text().contains("because the queue is full"), log::text);
    }
  }

  @Test
  void end_collectorDead_returnsAtOnce() throws Exception {
    String gone;
    try (OtlpCollector collector = new OtlpCollector()) {
      gone = collector.endpoint();
    }
    try (Telemetry telemetry = Telemetry.start(impatient(gone), "1").orThrow()) {
      Duration spent = endSpans(telemetry, 1_000);
      assertTrue(spent.toSeconds() < 5, spent::toString);
    }
  }

  private static Duration endSpans(Telemetry telemetry, int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      telemetry.serverSpans().begin("GET", "/", Optional.empty()).end(200, Optional.empty());
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Map<String, String> impatient(String endpoint) {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint,
        "OTEL_EXPORTER_OTLP_TIMEOUT", "100",
        "OTEL_BSP_EXPORT_TIMEOUT", "100",
        "OTEL_BSP_SCHEDULE_DELAY", "1",
        "OTEL_BSP_MAX_QUEUE_SIZE", "16",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "8");
  }

  private static String body(OtlpCollector collector) {
    return new String(collector.bodies("/v1/traces").getFirst(), ISO_8859_1);
  }

  private static Map<String, String> environment(String variables) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ", -1)) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return environment;
  }

  /** What a library on the class path could bring along. */
  private static final class Planted implements AutoConfigurationCustomizerProvider {
    @Override
    public void customize(AutoConfigurationCustomizer customizer) {
      throw new AssertionError("must not be asked");
    }
  }
}
