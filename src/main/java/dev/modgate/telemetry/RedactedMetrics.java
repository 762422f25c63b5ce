package dev.modgate.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.io.IOException;
import java.util.Collection;

/** The locks on the two ways that metrics leave: to a collector, and to whoever reads them here. */
final class RedactedMetrics {

  private RedactedMetrics() {}

  /** An exporter that sends only what was rebuilt. */
  static MetricExporter lock(MetricExporter exporter, MetricRedactor redactor) {
    return new Exporter(exporter, redactor);
  }

  /** A reader that gets only what was rebuilt. */
  static MetricReader lock(MetricReader reader, MetricRedactor redactor) {
    return new Reader(reader, redactor);
  }

  static final class Exporter implements MetricExporter {
    private final MetricExporter next;
    private final MetricRedactor redactor;

    Exporter(MetricExporter next, MetricRedactor redactor) {
      this.next = next;
      this.redactor = redactor;
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
      return next.export(redactor.redact(metrics));
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return next.getAggregationTemporality(type);
    }

    @Override
    public Aggregation getDefaultAggregation(InstrumentType type) {
      return next.getDefaultAggregation(type);
    }

    /** Data that is used again for the next collection could change under the rebuilt. */
    @Override
    public MemoryMode getMemoryMode() {
      return MemoryMode.IMMUTABLE_DATA;
    }

    @Override
    public CompletableResultCode flush() {
      return next.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return next.shutdown();
    }

    @Override
    public void close() {
      next.close();
    }

    @Override
    public String toString() {
      return "RedactedMetrics{" + next + "}";
    }
  }

  static final class Reader implements MetricReader {
    private final MetricReader next;
    private final MetricRedactor redactor;

    Reader(MetricReader next, MetricRedactor redactor) {
      this.next = next;
      this.redactor = redactor;
    }

    @Override
    public void register(CollectionRegistration registration) {
      next.register(
          new CollectionRegistration() {
            @Override
            public Collection<MetricData> collectAllMetrics() {
              return redactor.redact(registration.collectAllMetrics());
            }
          });
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return next.getAggregationTemporality(type);
    }

    @Override
    public Aggregation getDefaultAggregation(InstrumentType type) {
      return next.getDefaultAggregation(type);
    }

    @Override
    public MemoryMode getMemoryMode() {
      return MemoryMode.IMMUTABLE_DATA;
    }

    @Override
    public CompletableResultCode forceFlush() {
      return next.forceFlush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return next.shutdown();
    }

    @Override
    public void close() throws IOException {
      next.close();
    }
  }
}
