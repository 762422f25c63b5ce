package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An upgrade of the SDK that adds a way to read a span fails here. */
final class RedactedSpanDataTest {

  /** What the next SDK might look like. */
  interface NextSpanData extends SpanData {
    default String getBaggage() {
      return "";
    }
  }

  @Test
  void everyGetter_ofSdk_isCovered() {
    assertEquals(List.of(), uncovered(SpanData.class, RedactedSpanData.class));
    assertEquals(List.of(), uncovered(ReadableSpan.class, RedactedSpan.class));
    assertEquals(List.of(), uncovered(SpanProcessor.class, RedactingSpanProcessor.class));
    assertEquals(List.of(), uncovered(SpanExporter.class, RedactedOnlyExporter.class));
    assertEquals(List.of(), uncovered(HistogramPointData.class, RedactedTimes.class));
    // It only makes a selector of aggregations.
    assertEquals(List.of("with"), uncovered(MetricExporter.class, RedactedMetrics.Exporter.class));
    assertEquals(List.of("with"), uncovered(MetricReader.class, RedactedMetrics.Reader.class));
    assertEquals(List.of(), uncovered(LogRecordData.class, RedactedLogRecord.class));
    assertEquals(List.of(), uncovered(LogRecordExporter.class, RedactedLogExporter.class));
  }

  /** The typed getters read the data that was rebuilt, if it is of their type. */
  @Test
  void everyGetter_ofAMetric_isCoveredOrTyped() {
    assertEquals(
        List.of(
            "getDoubleGaugeData",
            "getDoubleSumData",
            "getExponentialHistogramData",
            "getHistogramData",
            "getLongGaugeData",
            "getLongSumData",
            "getSummaryData",
            "isEmpty"),
        uncovered(MetricData.class, RedactedMetric.class));
  }

  @Test
  void everyGetter_ofANewerSdk_isNoticed() {
    assertEquals(List.of("getBaggage"), uncovered(NextSpanData.class, RedactedSpanData.class));
  }

  /** These are made by the SDK from nothing but what {@link SpanRedactor} names. */
  @Test
  void everyGetter_ofTheValuesInside_isKnown() {
    assertEquals(
        Set.of(
            "getName",
            "getAttributes",
            "getEpochNanos",
            "getTotalAttributeCount",
            "getDroppedAttributesCount"),
        getters(EventData.class));
    assertEquals(
        Set.of("getSpanContext", "getAttributes", "getTotalAttributeCount"),
        getters(LinkData.class));
    assertEquals(Set.of("getStatusCode", "getDescription"), getters(StatusData.class));
    assertEquals(
        Set.of("getStartEpochNanos", "getEpochNanos", "getAttributes", "getExemplars", "getValue"),
        getters(LongPointData.class));
    assertEquals(getters(LongPointData.class), getters(DoublePointData.class));
    assertEquals(
        Set.of("getFilteredAttributes", "getEpochNanos", "getSpanContext", "getValue"),
        getters(DoubleExemplarData.class));
    assertEquals(
        Set.of("getName", "getVersion", "getSchemaUrl", "getAttributes"),
        getters(InstrumentationScopeInfo.class));
    assertEquals(Set.of("getSchemaUrl", "getAttributes", "getAttribute"), getters(Resource.class));
  }

  private static List<String> uncovered(Class<?> sdk, Class<?> ours) {
    Set<String> declared =
        Arrays.stream(ours.getDeclaredMethods())
            .map(RedactedSpanDataTest::signature)
            .collect(Collectors.toSet());
    return Arrays.stream(sdk.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !declared.contains(signature(method)))
        .map(Method::getName)
        .sorted()
        .toList();
  }

  private static Set<String> getters(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .map(Method::getName)
        .filter(name -> name.startsWith("get") && !name.equals("getClass"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String signature(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes());
  }
}
