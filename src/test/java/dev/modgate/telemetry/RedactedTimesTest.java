package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A distribution keeps its numbers, and nothing of what else its point had. */
final class RedactedTimesTest {

  private static final Attributes RAW = Attributes.of(AttributeKey.stringKey("url.full"), "/x?a=b");
  private static final Attributes CLEAN = Attributes.of(TextAttribute.CACHE.otel(), "hit");

  private static final DoubleExemplarData EXEMPLAR =
      DoubleExemplarData.create(Attributes.empty(), 8, SpanContext.getInvalid(), 1.5);

  private static HistogramPointData point(boolean hasMin, boolean hasMax) {
    return HistogramPointData.create(
        3,
        9,
        RAW,
        12.5,
        hasMin,
        hasMin ? 0.5 : 0,
        hasMax,
        hasMax ? 4.25 : 0,
        List.of(1.0, 2.0),
        List.of(1L, 2L, 3L));
  }

  private static HistogramPointData redacted(HistogramPointData point) {
    return new RedactedTimes(point, CLEAN, List.of(EXEMPLAR));
  }

  @Test
  void numbers_ofThePoint_areKept() {
    HistogramPointData times = redacted(point(true, true));
    assertEquals(12.5, times.getSum());
    assertEquals(1 + 2 + 3, times.getCount());
    assertEquals(List.of(1.0, 2.0), times.getBoundaries());
    assertEquals(List.of(1L, 2L, 3L), times.getCounts());
    assertEquals(0.5, times.getMin());
    assertEquals(4.25, times.getMax());
  }

  @Test
  void moments_ofThePoint_areKept() {
    HistogramPointData times = redacted(point(true, true));
    assertEquals(3, times.getStartEpochNanos());
    assertEquals(9, times.getEpochNanos());
  }

  @Test
  void smallestAndLargest_areThereIfThePointHasThem() {
    assertTrue(redacted(point(true, false)).hasMin());
    assertFalse(redacted(point(true, false)).hasMax());
    assertFalse(redacted(point(false, true)).hasMin());
    assertTrue(redacted(point(false, true)).hasMax());
  }

  @Test
  void attributesAndExemplars_areThoseThatWereRebuilt() {
    HistogramPointData times = redacted(point(true, true));
    assertSame(CLEAN, times.getAttributes());
    assertEquals(List.of(EXEMPLAR), times.getExemplars());
  }
}
