package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import dev.modgate.fake.OtlpCollector;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A canary in every place of a log record, in every encoding, against the raw bytes. */
final class LogRedactorTest {

  /** Nobody told modgate about this one: it must not leave because of where it stands. */
  private final LeakDetector unknown = LeakDetector.random(new SplittableRandom(41));

  /** A live secret with the characters that encodings treat specially. */
  private final LeakDetector known = LeakDetector.random(new SplittableRandom(42));

  /** A live secret that is well-formed as the name of a logger. */
  private final LeakDetector token = new LeakDetector("tok3n.of-the-Mirror.Q7xZ90aBcDeFgH");

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void export_canaryInEveryPlace_nothingLeaves(Encoding encoding) throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      KnownSecrets secrets = new KnownSecrets();
      secrets.register(known.canary());
      secrets.register(token.canary());
      try (Telemetry telemetry =
          Telemetry.start(environment(collector), "1.0", secrets).orThrow()) {
        for (LogSurface surface : LogSurface.values()) {
          for (LeakDetector detector : List.of(known, token)) {
            surface.plant(telemetry.sdk().getLogsBridge(), detector.encode(encoding));
          }
          if (!isSaid(surface)) {
            surface.plant(telemetry.sdk().getLogsBridge(), unknown.encode(encoding));
          }
        }
        assertEquals(new DroppedSpans(0, 0), telemetry.dropped());
      }
      assertTrue(text(collector).contains("said"), "records arrived");
      assertTrue(text(collector).contains("[REDACTED]"), "and some were cleaned");
      for (LeakDetector detector : List.of(unknown, known, token)) {
        assertEquals(List.of(), detector.search(collector.bodies()));
      }
    }
  }

  /** In a sentence, one that nobody knows is told by its shape only: it may have none. */
  private static boolean isSaid(LogSurface surface) {
    return surface == LogSurface.BODY || surface == LogSurface.BODY_OF_MANY_LINES;
  }

  @ParameterizedTest
  @EnumSource(LogSurface.class)
  void export_withoutRedaction_everyEncodingIsNoticed(LogSurface surface) throws IOException {
    for (Encoding encoding : Encoding.values()) {
      try (OtlpCollector collector = new OtlpCollector()) {
        try (SdkLoggerProvider open = open(collector)) {
          surface.plant(open, unknown.encode(encoding));
        }
        assertFalse(collector.bodies().isEmpty());
        assertEquals(
            surface.isSent(),
            unknown.search(collector.bodies()).contains(encoding),
            () -> encoding + " planted in " + surface);
      }
    }
  }

  @Test
  void redact_traceState_isAbsentFromTheRecord() {
    List<LogRecordData> said = new ArrayList<>();
    try (SdkLoggerProvider open =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(new Collecting(said)))
            .build()) {
      LogSurface.TRACE_STATE.plant(open, unknown.canary().replace("\"", ""));
    }
    assertFalse(said.getFirst().getSpanContext().getTraceState().isEmpty(), "control");
    LogRecordData clean = redactor().redact(said.getFirst());
    assertTrue(clean.getSpanContext().getTraceState().isEmpty());
    assertEquals(
        said.getFirst().getSpanContext().getTraceId(), clean.getSpanContext().getTraceId());
  }

  /** What a record says of itself beyond what the exporter reads. */
  @ParameterizedTest
  @EnumSource(LogSurface.class)
  void redact_everySurface_showsItByNoWord(LogSurface surface) {
    List<LogRecordData> said = new ArrayList<>();
    try (SdkLoggerProvider open =
        SdkLoggerProvider.builder()
            .setResource(
                Resource.create(Attributes.of(AttributeKey.stringKey("host.name"), "here")))
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(new Collecting(said)))
            .build()) {
      surface.plant(open, known.canary());
    }
    KnownSecrets secrets = new KnownSecrets();
    secrets.register(known.canary());
    LogRecordData clean = new LogRedactor(new Scrubber(secrets), "1").redact(said.getFirst());
    assertEquals(List.of(), known.search(clean.toString().getBytes(ISO_8859_1)));
    assertEquals("", String.valueOf(clean.getEventName()));
    assertEquals("dev.modgate", clean.getInstrumentationScopeInfo().getName());
    assertEquals("1", clean.getInstrumentationScopeInfo().getVersion());
  }

  // The old way to read a body is still there, and must give the rebuilt one.
  @SuppressWarnings("deprecation")
  @Test
  void redact_whatMayLeave_stays() {
    List<LogRecordData> said = new ArrayList<>();
    try (SdkLoggerProvider open =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(new Collecting(said)))
            .build()) {
      open.get("any")
          .logRecordBuilder()
          .setTimestamp(5, TimeUnit.NANOSECONDS)
          .setObservedTimestamp(7, TimeUnit.NANOSECONDS)
          .setSeverity(Severity.WARN)
          .setSeverityText(unknown.canary())
          .setBody("a mirror is slow, password=abc")
          .setAttribute(TextAttribute.LOGGER.otel(), "modgate.test")
          .setAttribute(AttributeKey.stringKey("url.full"), unknown.canary())
          .emit();
    }
    LogRecordData clean = redactor().redact(said.getFirst());
    assertEquals(5, clean.getTimestampEpochNanos());
    assertEquals(7, clean.getObservedTimestampEpochNanos());
    assertEquals(Severity.WARN, clean.getSeverity());
    assertEquals("WARN", clean.getSeverityText());
    assertEquals("a mirror is slow, password=[REDACTED]", clean.getBody().asString());
    assertEquals(Value.of("a mirror is slow, password=[REDACTED]"), clean.getBodyValue());
    assertEquals(
        Map.of(TextAttribute.LOGGER.otel(), "modgate.test"), clean.getAttributes().asMap());
    assertEquals(1, clean.getTotalAttributeCount());
    assertTrue(clean.toString().contains("a mirror is slow"), clean::toString);
  }

  @Test
  void export_recordThatCannotBeRebuilt_isDroppedAndCountedAndTheOthersLeave() {
    List<LogRecordData> sent = new ArrayList<>();
    RedactionCounts counts = new RedactionCounts();
    LogRecordExporter locked = new RedactedLogExporter(new Collecting(sent), redactor(), counts);
    List<LogRecordData> said = new ArrayList<>();
    try (SdkLoggerProvider open =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(new Collecting(said)))
            .build()) {
      LogSurface.ATTRIBUTE_KEY.plant(open, unknown.canary());
    }
    assertTrue(locked.export(List.of(broken(), said.getFirst(), broken())).isSuccess());
    assertEquals(1, sent.size());
    assertTrue(sent.getFirst().getAttributes().isEmpty());
    assertEquals(new DroppedSpans(2, 0), counts.sum());
  }

  /** Throws whatever it is asked. */
  private static LogRecordData broken() {
    return (LogRecordData)
        Proxy.newProxyInstance(
            LogRecordData.class.getClassLoader(),
            new Class<?>[] {LogRecordData.class},
            (_, _, _) -> {
              throw new IllegalStateException("broken");
            });
  }

  private static LogRedactor redactor() {
    return new LogRedactor(new Scrubber(new KnownSecrets()), "1");
  }

  private static Map<String, String> environment(OtlpCollector collector) {
    return Map.of(
        "OTEL_LOGS_EXPORTER",
        "otlp",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
        collector.endpoint() + "/v1/logs");
  }

  /** An SDK as it would be without this room. */
  private static SdkLoggerProvider open(OtlpCollector collector) {
    return SdkLoggerProvider.builder()
        .addLogRecordProcessor(
            BatchLogRecordProcessor.builder(
                    OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(collector.endpoint() + "/v1/logs")
                        .build())
                .build())
        .build();
  }

  private static String text(OtlpCollector collector) {
    StringBuilder text = new StringBuilder();
    collector.bodies("/v1/logs").forEach(body -> text.append(new String(body, ISO_8859_1)));
    return text.toString();
  }

  /** Keeps what it is given. */
  private record Collecting(List<LogRecordData> records) implements LogRecordExporter {
    @Override
    public CompletableResultCode export(Collection<LogRecordData> given) {
      records.addAll(given);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
