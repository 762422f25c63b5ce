package dev.modgate.telemetry;

import static dev.modgate.telemetry.MetricLabel.MIRROR;
import static dev.modgate.telemetry.MetricLabel.NAME;
import static dev.modgate.telemetry.MetricLabel.OUTCOME;
import static dev.modgate.telemetry.MetricLabel.QUANTILE;
import static dev.modgate.telemetry.MetricLabel.STATE;

import dev.modgate.chain.Health;
import dev.modgate.chain.MirrorReport;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the reports of mirrors are as numbers. */
final class MirrorMetrics {

  /** As Resilience4j's own exporters name them; public dashboards know the words. */
  private static final List<String> BREAKER_STATES =
      List.of("closed", "open", "half_open", "disabled", "forced_open", "metrics_only");

  private final Supplier<List<MirrorReport>> reports;

  MirrorMetrics(Supplier<List<MirrorReport>> reports) {
    this.reports = reports;
  }

  void into(Metrics metrics) {
    metrics.gauges(Instrument.MIRROR_HEALTH, each(MirrorMetrics::health));
    metrics.gauges(
        Instrument.MIRROR_CONDEMNED,
        each((report, now) -> now.record(report.condemned(), of(report))));
    metrics.counters(
        Instrument.MIRROR_REQUESTS,
        each((report, now) -> {
          now.record(report.answered(), with(report, OUTCOME, "answered"));
          now.record(report.failed(), with(report, OUTCOME, "failed"));
        }));
    metrics.counters(
        Instrument.MIRROR_IO, each((report, now) -> now.record(report.bytes(), of(report))));
    metrics.counters(
        Instrument.MIRROR_RETRIES, each((report, now) -> now.record(report.retries(), of(report))));
    metrics.doubles(Instrument.MIRROR_FIRST_BYTE, each(MirrorMetrics::firstByte));
    metrics.gauges(Instrument.BREAKER_STATE, each(MirrorMetrics::state));
    metrics.doubles(
        Instrument.BREAKER_FAILURE_RATE,
        each((report, now) -> now.record(report.breaker().failureRate(), named(report))));
    metrics.doubles(
        Instrument.BREAKER_SLOW_RATE,
        each((report, now) -> now.record(report.breaker().slowCallRate(), named(report))));
    metrics.counters(
        Instrument.BREAKER_NOT_PERMITTED,
        each((report, now) -> now.record(report.breaker().notPermitted(), named(report))));
    metrics.counters(Instrument.BREAKER_TRANSITIONS, each(MirrorMetrics::transitions));
  }

  private <T> Consumer<T> each(BiConsumer<MirrorReport, T> observe) {
    return now -> reports.get().forEach(report -> observe.accept(report, now));
  }

  private static void health(MirrorReport report, ObservableLongMeasurement now) {
    for (Health health : Health.values()) {
      now.record(
          report.health() == health ? 1 : 0,
          with(report, STATE, health.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static void state(MirrorReport report, ObservableLongMeasurement now) {
    for (String state : BREAKER_STATES) {
      now.record(report.breaker().state().equalsIgnoreCase(state) ? 1 : 0, inState(report, state));
    }
  }

  private static void transitions(MirrorReport report, ObservableLongMeasurement now) {
    report
        .breaker()
        .transitions()
        .forEach(
            (state, times) -> now.record(times, inState(report, state.toLowerCase(Locale.ROOT))));
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
    return Attributes.of(MIRROR.otel(), report.name());
  }

  private static Attributes named(MirrorReport report) {
    return Attributes.of(NAME.otel(), report.name());
  }

  private static Attributes inState(MirrorReport report, String state) {
    return Attributes.of(NAME.otel(), report.name(), STATE.otel(), state);
  }

  private static Attributes with(MirrorReport report, MetricLabel label, String word) {
    return Attributes.of(MIRROR.otel(), report.name(), label.otel(), word);
  }
}
