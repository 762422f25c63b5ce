package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an exporter, and a processor before it, can ask a rebuilt span. */
final class RedactedSpanTest {

  private static final AttributeKey<String> KEY = AttributeKey.stringKey("modgate.mirror");

  private static final SpanContext CONTEXT = context("00000000000000a1");
  private static final SpanContext PARENT = context("00000000000000a2");

  private static final RedactedSpanData.Parts ENDED = parts(true);

  private final RedactedSpanData data = new RedactedSpanData(ENDED);
  private final RedactedSpan span = new RedactedSpan(data);

  private static SpanContext context(String spanId) {
    return SpanContext.create(
        "0af7651916cd43dd8448eb211c80319c",
        spanId,
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  private static RedactedSpanData.Parts parts(boolean ended) {
    return new RedactedSpanData.Parts(
        "attempt",
        SpanKind.CLIENT,
        CONTEXT,
        PARENT,
        StatusData.error(),
        1_000,
        1_700,
        ended,
        Attributes.of(KEY, "corp"),
        List.of(
            EventData.create(1_200, "exception", Attributes.empty()),
            EventData.create(1_300, "exception", Attributes.empty())),
        List.of(LinkData.create(PARENT), LinkData.create(CONTEXT), LinkData.create(PARENT)),
        InstrumentationScopeInfo.builder("dev.modgate").setVersion("1.2.3").build(),
        Resource.create(Attributes.of(KEY, "resource")));
  }

  @Test
  void data_everyGetter_answersItsPart() {
    assertEquals("attempt", data.getName());
    assertEquals(SpanKind.CLIENT, data.getKind());
    assertSame(CONTEXT, data.getSpanContext());
    assertEquals(CONTEXT.getTraceId(), data.getTraceId());
    assertEquals("00000000000000a1", data.getSpanId());
    assertSame(PARENT, data.getParentSpanContext());
    assertEquals("00000000000000a2", data.getParentSpanId());
    assertEquals(StatusData.error(), data.getStatus());
    assertEquals(1_000, data.getStartEpochNanos());
    assertEquals(1_700, data.getEndEpochNanos());
    assertTrue(data.hasEnded());
    assertEquals(Attributes.of(KEY, "corp"), data.getAttributes());
    assertEquals(ENDED.events(), data.getEvents());
    assertEquals(ENDED.links(), data.getLinks());
    assertSame(ENDED.scope(), data.getInstrumentationScopeInfo());
    assertSame(ENDED.resource(), data.getResource());
  }

  /** What was dropped must not be known by its number. */
  @Test
  void data_totals_countWhatIsThere() {
    assertEquals(1, data.getTotalAttributeCount());
    assertEquals(2, data.getTotalRecordedEvents());
    assertEquals(3, data.getTotalRecordedLinks());
  }

  // The interface still has it.
  @SuppressWarnings("deprecation")
  @Test
  void instrumentationLibrary_ofDataAndSpan_isTheScope() {
    assertEquals("dev.modgate", data.getInstrumentationLibraryInfo().getName());
    assertEquals("1.2.3", data.getInstrumentationLibraryInfo().getVersion());
    assertEquals(data.getInstrumentationLibraryInfo(), span.getInstrumentationLibraryInfo());
  }

  @Test
  void span_everyGetter_answersFromTheData() {
    assertSame(data, span.toSpanData());
    assertEquals("attempt", span.getName());
    assertEquals(SpanKind.CLIENT, span.getKind());
    assertSame(CONTEXT, span.getSpanContext());
    assertSame(PARENT, span.getParentSpanContext());
    assertSame(ENDED.scope(), span.getInstrumentationScopeInfo());
    assertEquals(700, span.getLatencyNanos());
    assertEquals(Attributes.of(KEY, "corp"), span.getAttributes());
    assertEquals("corp", span.getAttribute(KEY));
    assertNull(span.getAttribute(AttributeKey.stringKey("modgate.module")));
  }

  @Test
  void hasEnded_ofDataAndSpan_isThatOfTheOriginal() {
    assertTrue(span.hasEnded());
    RedactedSpanData open = new RedactedSpanData(parts(false));
    assertFalse(open.hasEnded());
    assertFalse(new RedactedSpan(open).hasEnded());
  }

  @Test
  void toString_ofData_showsItsParts() {
    assertTrue(data.toString().startsWith("RedactedSpanData"), data.toString());
    assertTrue(data.toString().contains("attempt"), data.toString());
  }
}
