package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.chain.MirrorReport;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Numbers that are read when somebody asks for them, each an {@link Instrument}. */
public final class Metrics {

  private static final ExpositionFormatWriter PROMETHEUS = PrometheusTextFormatWriter.create();
  private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();

  private final Meter meter;
  private final PrometheusMetricReader reader;

  Metrics(Meter meter, PrometheusMetricReader reader) {
    this.meter = meter;
    this.reader = reader;
  }

  /**
   * All metrics at a moment.
   *
   * @param contentType of the text
   */
  public record Page(String contentType, String text) {}

  /**
   * All metrics in the format that is asked for: OpenMetrics, which alone has exemplars, or the
   * text format of Prometheus.
   *
   * @param accept the header of the request
   */
  public Page page(Optional<String> accept) {
    ExpositionFormatWriter format =
        accept.filter(OPEN_METRICS::accepts).isPresent() ? OPEN_METRICS : PROMETHEUS;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      format.write(text, reader.collect());
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer in memory", e);
    }
    return new Page(format.getContentType(), text.toString(UTF_8));
  }

  /** A number that goes up and down. */
  public void gauge(Instrument instrument, LongSupplier value) {
    gauges(instrument, now -> now.record(value.getAsLong()));
  }

  /** A number that only goes up; the text format appends {@code _total} to its name. */
  public void counter(Instrument instrument, LongSupplier value) {
    counters(instrument, now -> now.record(value.getAsLong()));
  }

  /** A number for each word of a label; they go up and down. */
  public void gauges(Instrument instrument, MetricLabel label, Supplier<Map<String, Long>> values) {
    gauges(instrument, now -> record(label, values.get(), now));
  }

  /** A number for each word of a label; they only go up. */
  public void counters(
      Instrument instrument, MetricLabel label, Supplier<Map<String, Long>> values) {
    counters(instrument, now -> record(label, values.get(), now));
  }

  /** Everything about the mirrors. */
  public void mirrors(Supplier<List<MirrorReport>> reports) {
    new MirrorMetrics(reports).into(this);
  }

  private static void record(
      MetricLabel label, Map<String, Long> values, ObservableLongMeasurement now) {
    values.forEach((word, value) -> now.record(value, Attributes.of(label.otel(), word)));
  }

  void gauges(Instrument instrument, Consumer<ObservableLongMeasurement> observe) {
    expect(instrument, Instrument.Kind.GAUGE);
    var _ =
        meter
            .gaugeBuilder(instrument.text())
            .ofLongs()
            .setUnit(instrument.unit())
            .setDescription(instrument.meaning())
            .buildWithCallback(observe);
  }

  void doubles(Instrument instrument, Consumer<ObservableDoubleMeasurement> observe) {
    expect(instrument, Instrument.Kind.GAUGE);
    var _ =
        meter
            .gaugeBuilder(instrument.text())
            .setUnit(instrument.unit())
            .setDescription(instrument.meaning())
            .buildWithCallback(observe);
  }

  void counters(Instrument instrument, Consumer<ObservableLongMeasurement> observe) {
    expect(instrument, Instrument.Kind.COUNTER);
    var _ =
        meter
            .counterBuilder(instrument.text())
            .setUnit(instrument.unit())
            .setDescription(instrument.meaning())
            .buildWithCallback(observe);
  }

  private static void expect(Instrument instrument, Instrument.Kind kind) {
    if (instrument.kind() != kind) {
      throw new IllegalArgumentException(instrument + " is no " + kind);
    }
  }
}
