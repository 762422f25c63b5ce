package dev.modgate.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Rebuilds metrics from what {@link Instrument} names: one of another name is dropped, a label that
 * it may not have is absent, an exemplar is a trace id and a value. Kinds of data that modgate
 * never makes are dropped, too.
 */
final class MetricRedactor {

  private final Scrubber scrubber;
  private final ResourceRedactor resources;
  private final InstrumentationScopeInfo scope;
  private final RedactionCounts counts;

  /**
   * @param version of modgate
   */
  MetricRedactor(Scrubber scrubber, String version, RedactionCounts counts) {
    this.scrubber = scrubber;
    this.resources = new ResourceRedactor(scrubber);
    this.scope = SpanRedactor.scope(version);
    this.counts = counts;
  }

  /** Those that may leave, each name once; the others are counted as dropped. */
  List<MetricData> redact(Collection<MetricData> metrics) {
    Map<Instrument, MetricData> clean = new LinkedHashMap<>();
    for (MetricData metric : metrics) {
      Instrument.of(metric.getName())
          .filter(instrument -> instrument.isMadeBy(metric.getInstrumentationScopeInfo().getName()))
          .filter(instrument -> !clean.containsKey(instrument))
          .ifPresent(instrument ->
              redactOrDrop(metric, instrument).ifPresent(data -> clean.put(instrument, data)));
    }
    if (clean.size() < metrics.size()) {
      counts.countUnredacted(metrics.size() - clean.size());
    }
    return List.copyOf(clean.values());
  }

  private Optional<MetricData> redactOrDrop(MetricData metric, Instrument instrument) {
    try {
      return redact(metric, instrument);
    } catch (RuntimeException failed) {
      return Optional.empty();
    }
  }

  private Optional<MetricData> redact(MetricData metric, Instrument instrument) {
    Optional<Data<?>> data =
        switch (metric.getType()) {
          case LONG_GAUGE ->
              Optional.of(
                  GaugeData.createLongGaugeData(longs(metric.getLongGaugeData(), instrument)));
          case DOUBLE_GAUGE ->
              Optional.of(
                  GaugeData.createDoubleGaugeData(
                      doubles(metric.getDoubleGaugeData(), instrument)));
          case LONG_SUM -> {
            SumData<LongPointData> sum = metric.getLongSumData();
            yield Optional.of(
                SumData.createLongSumData(
                    sum.isMonotonic(), sum.getAggregationTemporality(), longs(sum, instrument)));
          }
          case DOUBLE_SUM -> {
            SumData<DoublePointData> sum = metric.getDoubleSumData();
            yield Optional.of(
                SumData.createDoubleSumData(
                    sum.isMonotonic(), sum.getAggregationTemporality(), doubles(sum, instrument)));
          }
          case HISTOGRAM ->
              Optional.of(
                  HistogramData.create(
                      metric.getHistogramData().getAggregationTemporality(),
                      metric.getHistogramData().getPoints().stream()
                          .map(point -> times(point, instrument))
                          .filter(once())
                          .toList()));
          case EXPONENTIAL_HISTOGRAM, SUMMARY -> Optional.empty();
        };
    return data.map(clean ->
        new RedactedMetric(
            instrument, metric.getType(), clean, scope, resources.redact(metric.getResource())));
  }

  private List<LongPointData> longs(Data<LongPointData> data, Instrument instrument) {
    return data.getPoints().stream()
        .map(point ->
            LongPointData.create(
                point.getStartEpochNanos(),
                point.getEpochNanos(),
                clean(point.getAttributes(), instrument),
                point.getValue()))
        .filter(once())
        .toList();
  }

  private List<DoublePointData> doubles(Data<DoublePointData> data, Instrument instrument) {
    return data.getPoints().stream()
        .map(point ->
            DoublePointData.create(
                point.getStartEpochNanos(),
                point.getEpochNanos(),
                clean(point.getAttributes(), instrument),
                point.getValue(),
                List.of()))
        .filter(once())
        .toList();
  }

  /** Two that differed in what may not leave would be one series twice: the first one stays. */
  private static <P extends PointData> Predicate<P> once() {
    Set<Attributes> seen = new HashSet<>();
    return point -> seen.add(point.getAttributes());
  }

  private HistogramPointData times(HistogramPointData point, Instrument instrument) {
    return new RedactedTimes(
        point,
        clean(point.getAttributes(), instrument),
        point.getExemplars().stream().map(MetricRedactor::idsAndValue).toList());
  }

  private static DoubleExemplarData idsAndValue(DoubleExemplarData exemplar) {
    return DoubleExemplarData.create(
        Attributes.empty(),
        exemplar.getEpochNanos(),
        SpanRedactor.context(exemplar.getSpanContext()),
        exemplar.getValue());
  }

  private Attributes clean(Attributes attributes, Instrument instrument) {
    if (attributes.isEmpty()) {
      return attributes;
    }
    AttributesBuilder clean = Attributes.builder();
    for (AllowedAttribute label : instrument.labels()) {
      put(label, attributes, clean);
    }
    return clean.build();
  }

  private void put(AllowedAttribute label, Attributes attributes, AttributesBuilder clean) {
    switch (label) {
      case AllowedText text ->
          Optional.ofNullable(attributes.get(text.otel()))
              .flatMap(value -> text.clean(value, scrubber))
              .ifPresent(value -> clean.put(text.otel(), value));
      case NumberAttribute number ->
          Optional.ofNullable(attributes.get(number.otel()))
              .filter(number::allows)
              .ifPresent(value -> clean.put(number.otel(), value));
      case MetricFlag flag ->
          Optional.ofNullable(attributes.get(flag.otel()))
              .ifPresent(value -> clean.put(flag.otel(), value));
    }
  }
}
