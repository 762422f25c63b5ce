package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import dev.modgate.fake.OtlpCollector;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A canary in every place of a span, in every encoding, against the raw bytes a collector gets. */
final class LeakMatrixTest {

  /** Nobody told modgate about this one: it must not leave because of where it stands. */
  private final LeakDetector unknown = LeakDetector.random(new SplittableRandom(11));

  /** A live secret with the characters that encodings treat specially. */
  private final LeakDetector known = LeakDetector.random(new SplittableRandom(12));

  /** A live secret that is well-formed as a module path, a host or the name of a mirror. */
  private final LeakDetector token = new LeakDetector("tok3n.of-the-Mirror.Q7xZ90aBcDeFgH");

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void export_canaryInEveryPlace_nothingLeaves(Encoding encoding) throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      KnownSecrets secrets = new KnownSecrets();
      secrets.register(known.canary());
      secrets.register(token.canary());
      Map<String, String> environment = new HashMap<>();
      environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
      environment.put("OTEL_RESOURCE_ATTRIBUTES", resource(encoding));
      try (Telemetry telemetry = Telemetry.start(environment, "1.0", secrets).orThrow()) {
        for (Surface surface : Surface.values()) {
          for (LeakDetector detector : List.of(unknown, known, token)) {
            surface.plant(telemetry.sdk(), detector.encode(encoding));
          }
        }
        assertEquals(new DroppedSpans(0, 0), telemetry.dropped());
      }
      assertTrue(text(collector).contains("attempt"), "spans arrived");
      for (LeakDetector detector : List.of(unknown, known, token)) {
        assertEquals(List.of(), detector.search(collector.bodies()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Surface.class)
  void export_withoutRedaction_everyEncodingIsNoticed(Surface surface) throws IOException {
    for (Encoding encoding : Encoding.values()) {
      if (surface.canCarry(encoding)) {
        try (OtlpCollector collector = new OtlpCollector()) {
          try (OpenTelemetrySdk open = open(collector, Resource.empty())) {
            surface.plant(open, unknown.encode(encoding));
          }
          assertNoticed(encoding, collector);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void export_resourceWithoutRedaction_isNoticed(Encoding encoding) throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      AttributeKey<String> key = AttributeKey.stringKey("process.command_args");
      Resource resource = Resource.create(Attributes.of(key, unknown.encode(encoding)));
      try (OpenTelemetrySdk open = open(collector, resource)) {
        open.getTracerProvider().get("t").spanBuilder("attempt").startSpan().end();
      }
      assertNoticed(encoding, collector);
    }
  }

  @Test
  void export_secretSplitOverTwoAttributes_neitherHalfLeaves() throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      KnownSecrets secrets = new KnownSecrets();
      secrets.register(token.canary());
      Map<String, String> environment = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
      try (Telemetry telemetry = Telemetry.start(environment, "1.0", secrets).orThrow()) {
        ServerSpan span = telemetry.serverSpans().begin("GET", "/", Optional.empty());
        span.attribute(TextAttribute.MODULE, "example.com/" + token.canary().substring(0, 17));
        span.attribute(TextAttribute.MIRROR, token.canary().substring(17));
        span.end(200, Optional.empty());
      }
      assertTrue(text(collector).contains("example.com/[REDACTED]"));
      assertEquals(List.of(), token.search(collector.bodies()));
    }
  }

  @Test
  void export_valueLengthLimitOfTheSdk_cutsNoTokenInHalf() throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      KnownSecrets secrets = new KnownSecrets();
      secrets.register(token.canary());
      Map<String, String> environment =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(),
              "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "20",
              "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "20");
      try (Telemetry telemetry = Telemetry.start(environment, "1.0", secrets).orThrow()) {
        Surface.ALLOWED_ATTRIBUTE.plant(telemetry.sdk(), "example.com/" + token.canary());
      }
      String text = text(collector);
      assertTrue(text.contains("example.com/[REDACTED]"));
      assertFalse(text.contains("tok3n.of"));
    }
  }

  private void assertNoticed(Encoding encoding, OtlpCollector collector) {
    assertTrue(
        unknown.search(collector.bodies()).contains(encoding),
        () -> encoding + " planted and not noticed");
  }

  /** Each canary as the value of an allowed key, of an unknown key, and as a key. */
  private String resource(Encoding encoding) {
    StringBuilder list = new StringBuilder("deployment.environment=test");
    for (LeakDetector detector : List.of(unknown, known, token)) {
      String text = detector.encode(encoding);
      String value = URLEncoder.encode(text, UTF_8).replace("+", "%20");
      for (String key : List.of("service.name", "host.name", "process.command_args")) {
        list.append(',').append(key).append('=').append(value);
      }
      list.append(',').append(text.replace("=", "")).append("=value");
    }
    return list.toString();
  }

  /** An SDK as it would be without this room. */
  private static OpenTelemetrySdk open(OtlpCollector collector, Resource resource) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(collector.endpoint() + "/v1/traces").build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build())
        .build();
  }

  private static String text(OtlpCollector collector) {
    StringBuilder text = new StringBuilder();
    collector.bodies().forEach(body -> text.append(new String(body, ISO_8859_1)));
    return text.toString();
  }
}
