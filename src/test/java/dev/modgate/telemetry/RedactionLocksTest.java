package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.OtlpCollector;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class RedactionLocksTest {

  private final RedactionCounts counts = new RedactionCounts();
  private final List<SpanData> exported = new ArrayList<>();
  private final SpanRedactor redactor = new SpanRedactor(new Scrubber(new KnownSecrets()), "1");

  @Test
  void onEnd_redactorThrows_spanIsDroppedAndTheCallerUnharmed() {
    end(
        locked(_ -> {
          throw new IllegalStateException("the redactor is broken");
        }));
    assertEquals(List.of(), exported);
    assertEquals(new DroppedSpans(1, 0), counts.sum());
  }

  @Test
  void onEnd_redactorOverflowsTheStack_spanIsDroppedAndTheCallerUnharmed() {
    end(locked(RedactionLocksTest::endless));
    assertEquals(List.of(), exported);
    assertEquals(new DroppedSpans(1, 0), counts.sum());
  }

  @Test
  void onEnd_processorBehindThrows_callerIsUnharmed() {
    SpanProcessor broken =
        new SpanProcessor() {
          @Override
          public void onStart(Context parent, ReadWriteSpan span) {
            throw new IllegalStateException("not to be called");
          }

          @Override
          public boolean isStartRequired() {
            return true;
          }

          @Override
          public void onEnd(ReadableSpan span) {
            throw new AssertionError("broken");
          }

          @Override
          public boolean isEndRequired() {
            return true;
          }
        };
    end(new RedactingSpanProcessor(broken, redactor::redact, counts));
    assertEquals(new DroppedSpans(1, 0), counts.sum());
  }

  @Test
  void onEnd_redactorWorks_spanIsExported() {
    end(locked(redactor::redact));
    assertEquals(1, exported.size());
    assertEquals(new DroppedSpans(0, 0), counts.sum());
  }

  @Test
  void export_processorPlantedBeside_exportsNothing() throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      SpanExporter real =
          OtlpHttpSpanExporter.builder().setEndpoint(collector.endpoint() + "/v1/traces").build();
      SpanExporter locked = new RedactedOnlyExporter(real, counts);
      end(SimpleSpanProcessor.create(locked));
      assertEquals(List.of(), collector.bodies());
      assertEquals(new DroppedSpans(0, 1), counts.sum());
    }
  }

  @Test
  void export_theSamePlantedWithoutTheLock_exports() throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      SpanExporter real =
          OtlpHttpSpanExporter.builder().setEndpoint(collector.endpoint() + "/v1/traces").build();
      end(SimpleSpanProcessor.create(real));
      assertEquals(1, collector.bodies().size());
      String body = new String(collector.bodies().getFirst(), ISO_8859_1);
      assertTrue(body.contains("secret value"));
    }
  }

  @Test
  void export_bothKinds_onlyTheRebuiltLeave() {
    RedactedOnlyExporter locked =
        new RedactedOnlyExporter(new CollectingExporter(exported), counts);
    SpanData raw = raw();
    SpanData clean = redactor.redact(raw);
    assertTrue(locked.export(List.of(raw, clean, raw)).isSuccess());
    assertEquals(List.of(clean), exported);
    assertEquals(new DroppedSpans(0, 2), counts.sum());
  }

  @Test
  void readableSpan_behindTheLock_answersFromTheRebuiltSpan() {
    List<ReadableSpan> seen = new ArrayList<>();
    SpanProcessor recording =
        new SpanProcessor() {
          @Override
          public void onStart(Context parent, ReadWriteSpan span) {}

          @Override
          public boolean isStartRequired() {
            return false;
          }

          @Override
          public void onEnd(ReadableSpan span) {
            seen.add(span);
          }

          @Override
          public boolean isEndRequired() {
            return true;
          }
        };
    end(new RedactingSpanProcessor(recording, redactor::redact, counts));
    ReadableSpan span = seen.getFirst();
    assertEquals("redacted", span.getName());
    assertTrue(span.getAttributes().isEmpty());
    assertTrue(span.getSpanContext().isSampled());
    assertTrue(span.hasEnded());
    assertTrue(span.getLatencyNanos() >= 0);
    assertFalse(span.toString().contains("secret value"));
  }

  /** What is behind a lock must be able to flush and to end. */
  @Test
  void lifecycle_ofBothLocks_isThatOfWhatIsBehind() {
    List<String> calls = new ArrayList<>();
    CompletableResultCode pending = new CompletableResultCode();
    SpanExporter exporter =
        new SpanExporter() {
          @Override
          public CompletableResultCode export(Collection<SpanData> spans) {
            return pending;
          }

          @Override
          public CompletableResultCode flush() {
            calls.add("flush");
            return pending;
          }

          @Override
          public CompletableResultCode shutdown() {
            calls.add("shutdown");
            return pending;
          }

          @Override
          public void close() {
            calls.add("close");
          }

          @Override
          public String toString() {
            return "the exporter";
          }
        };
    RedactedOnlyExporter second = new RedactedOnlyExporter(exporter, counts);
    assertSame(pending, second.flush());
    assertSame(pending, second.shutdown());
    second.close();
    assertEquals(List.of("flush", "shutdown", "close"), calls);
    assertSame(pending, second.export(List.of(redactor.redact(raw()))));
    assertEquals("RedactedOnlyExporter{the exporter}", second.toString());
  }

  @Test
  void lifecycle_ofTheFirstLock_isThatOfTheProcessorBehind() {
    List<String> calls = new ArrayList<>();
    CompletableResultCode pending = new CompletableResultCode();
    SpanProcessor processor =
        new SpanProcessor() {
          @Override
          public void onStart(Context parent, ReadWriteSpan span) {
            calls.add("start");
          }

          @Override
          public boolean isStartRequired() {
            return true;
          }

          @Override
          public void onEnd(ReadableSpan span) {
            calls.add("end");
          }

          @Override
          public boolean isEndRequired() {
            return true;
          }

          @Override
          public CompletableResultCode forceFlush() {
            calls.add("flush");
            return pending;
          }

          @Override
          public CompletableResultCode shutdown() {
            calls.add("shutdown");
            return pending;
          }

          @Override
          public void close() {
            calls.add("close");
          }

          @Override
          public String toString() {
            return "the processor";
          }
        };
    SpanProcessor first = new RedactingSpanProcessor(processor, redactor::redact, counts);
    assertFalse(first.isStartRequired(), "a span that is not finished is not redacted");
    assertTrue(first.isEndRequired());
    assertSame(pending, first.forceFlush());
    assertSame(pending, first.shutdown());
    first.close();
    assertEquals(List.of("flush", "shutdown", "close"), calls);
    assertEquals("RedactingSpanProcessor{the processor}", first.toString());
  }

  private SpanProcessor locked(Function<SpanData, RedactedSpanData> redaction) {
    return new RedactingSpanProcessor(
        SimpleSpanProcessor.create(
            new RedactedOnlyExporter(new CollectingExporter(exported), counts)),
        redaction,
        counts);
  }

  /** Ends one span with something that must not leave. */
  private static void end(SpanProcessor processor) {
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(processor).build()) {
      provider.get("t").spanBuilder("n").setAttribute("key", "secret value").startSpan().end();
      provider.forceFlush().join(5, TimeUnit.SECONDS);
    }
  }

  private static SpanData raw() {
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(new IdsOnly()).build()) {
      return ((ReadableSpan) provider.get("t").spanBuilder("n").startSpan()).toSpanData();
    }
  }

  // The overflow is the point.
  @SuppressWarnings("InfiniteRecursion")
  private static RedactedSpanData endless(SpanData span) {
    return endless(span);
  }
}
