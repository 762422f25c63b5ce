package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.chain.Health;
import dev.modgate.chain.MirrorReport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Numbers that are read when somebody asks for them. Their attributes are names that the operator
 * gave and words of a fixed set; {@code otel/metrics.md} lists them all.
 */
public final class Metrics {

  private static final AttributeKey<String> MIRROR = AttributeKey.stringKey("mirror");
  private static final AttributeKey<String> NAME = AttributeKey.stringKey("name");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("state");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> QUANTILE = AttributeKey.stringKey("quantile");

  /** As Resilience4j's own exporters name them; public dashboards know the words. */
  private static final List<String> BREAKER_STATES =
      List.of("closed", "open", "half_open", "disabled", "forced_open", "metrics_only");

  private final Meter meter;
  private final PrometheusMetricReader reader;

  Metrics(Meter meter, PrometheusMetricReader reader) {
    this.meter = meter;
    this.reader = reader;
  }

  /** All metrics in the text format of Prometheus, version 0.0.4. */
  public String prometheus() {
    MetricSnapshots snapshots = reader.collect();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, snapshots);
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer in memory", e);
    }
    return text.toString(UTF_8);
  }

  /**
   * A number that goes up and down.
   *
   * @param name with dots, such as {@code modgate.quarantine.pieces}
   * @param unit in braces, such as <code>{piece}</code>
   */
  public void gauge(String name, String unit, String description, LongSupplier value) {
    observeGauge(name, unit, description, now -> now.record(value.getAsLong()));
  }

  /** A number that only goes up; the text format appends {@code _total} to its name. */
  public void counter(String name, String unit, String description, LongSupplier value) {
    observeCounter(name, unit, description, now -> now.record(value.getAsLong()));
  }

  /**
   * A number for each word of a fixed set; they go up and down.
   *
   * @param label what the words are, such as {@code state}
   */
  public void gauges(
      String name,
      String unit,
      String description,
      String label,
      Supplier<Map<String, Long>> values) {
    observeGauge(name, unit, description, now -> record(label, values.get(), now));
  }

  /** A number for each word of a fixed set; they only go up. */
  public void counters(
      String name,
      String unit,
      String description,
      String label,
      Supplier<Map<String, Long>> values) {
    observeCounter(name, unit, description, now -> record(label, values.get(), now));
  }

  private void observeGauge(
      String name, String unit, String description, Consumer<ObservableLongMeasurement> observe) {
    var _ =
        meter
            .gaugeBuilder(name)
            .ofLongs()
            .setUnit(unit)
            .setDescription(description)
            .buildWithCallback(observe);
  }

  private void observeCounter(
      String name, String unit, String description, Consumer<ObservableLongMeasurement> observe) {
    var _ =
        meter
            .counterBuilder(name)
            .setUnit(unit)
            .setDescription(description)
            .buildWithCallback(observe);
  }

  private static void record(
      String label, Map<String, Long> values, ObservableLongMeasurement now) {
    AttributeKey<String> key = AttributeKey.stringKey(label);
    values.forEach((word, value) -> now.record(value, Attributes.of(key, word)));
  }

  /** Everything about the mirrors. */
  public void mirrors(Supplier<List<MirrorReport>> reports) {
    gauges(
        "modgate.mirror.health",
        "{state}",
        "1 for the health that a mirror is in, 0 for the others.",
        reports,
        Metrics::health);
    gauges(
        "resilience4j.circuitbreaker.state",
        "{state}",
        "1 for the state that the breaker of a mirror is in, 0 for the others.",
        reports,
        Metrics::breaker);
    gauges(
        "modgate.mirror.condemned",
        "{artifact}",
        "Artifacts that a mirror lied about within a day and is not asked for.",
        reports,
        (report, now) -> now.record(report.condemned(), of(report)));
    counters(
        "modgate.mirror.requests",
        "{request}",
        "Requests to a mirror that were answered, absences included, or failed.",
        reports,
        (report, now) -> {
          now.record(report.answered(), with(report, OUTCOME, "answered"));
          now.record(report.failed(), with(report, OUTCOME, "failed"));
        });
    counters(
        "modgate.mirror.io",
        "By",
        "Bytes of bodies that a mirror delivered.",
        reports,
        (report, now) -> now.record(report.bytes(), of(report)));
    var _ =
        meter
            .gaugeBuilder("modgate.mirror.first_byte")
            .setUnit("s")
            .setDescription("Time to the head of an answer, over a mirror's last 128 answers.")
            .buildWithCallback(now -> reports.get().forEach(report -> firstByte(report, now)));
  }

  private void gauges(
      String name,
      String unit,
      String description,
      Supplier<List<MirrorReport>> reports,
      BiConsumer<MirrorReport, ObservableLongMeasurement> observe) {
    observeGauge(
        name,
        unit,
        description,
        now -> reports.get().forEach(report -> observe.accept(report, now)));
  }

  private void counters(
      String name,
      String unit,
      String description,
      Supplier<List<MirrorReport>> reports,
      BiConsumer<MirrorReport, ObservableLongMeasurement> observe) {
    observeCounter(
        name,
        unit,
        description,
        now -> reports.get().forEach(report -> observe.accept(report, now)));
  }

  private static void health(MirrorReport report, ObservableLongMeasurement now) {
    for (Health health : Health.values()) {
      now.record(
          report.health() == health ? 1 : 0,
          with(report, STATE, health.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static void breaker(MirrorReport report, ObservableLongMeasurement now) {
    for (String state : BREAKER_STATES) {
      now.record(
          report.breaker().equalsIgnoreCase(state) ? 1 : 0,
          Attributes.of(NAME, report.name(), STATE, state));
    }
  }

  private static void firstByte(MirrorReport report, ObservableDoubleMeasurement now) {
    report
        .firstByte()
        .ifPresent(times -> {
          now.record(seconds(times.p50()), with(report, QUANTILE, "0.5"));
          now.record(seconds(times.p95()), with(report, QUANTILE, "0.95"));
          now.record(seconds(times.p99()), with(report, QUANTILE, "0.99"));
        });
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Attributes of(MirrorReport report) {
    return Attributes.of(MIRROR, report.name());
  }

  private static Attributes with(MirrorReport report, AttributeKey<String> key, String word) {
    return Attributes.of(MIRROR, report.name(), key, word);
  }
}
