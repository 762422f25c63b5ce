package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The locks of metrics and log records: what is behind them must be able to flush and to end. */
final class RedactedExportersTest {

  private final List<String> calls = new ArrayList<>();
  private final CompletableResultCode flushed = new CompletableResultCode();
  private final CompletableResultCode ended = new CompletableResultCode();
  private final RedactionCounts counts = new RedactionCounts();
  private final Scrubber scrubber = new Scrubber(new KnownSecrets());
  private final MetricRedactor metrics = new MetricRedactor(scrubber, "1", counts);

  @Test
  void lifecycle_ofTheLockOfLogRecords_isThatOfTheExporterBehind() {
    LogRecordExporter locked =
        new RedactedLogExporter(new Logs(), new LogRedactor(scrubber, "1"), counts);
    assertSame(flushed, locked.flush());
    assertSame(ended, locked.shutdown());
    locked.close();
    assertEquals(List.of("flush", "shutdown", "close"), calls);
    assertEquals("RedactedLogExporter{the logs}", locked.toString());
  }

  @Test
  void export_noLogRecords_callsNobody() {
    LogRecordExporter locked =
        new RedactedLogExporter(new Logs(), new LogRedactor(scrubber, "1"), counts);
    assertTrue(locked.export(List.of()).isSuccess());
    assertEquals(List.of(), calls);
  }

  @Test
  void lifecycle_ofTheLockOfMetrics_isThatOfTheExporterBehind() {
    MetricExporter locked = RedactedMetrics.lock(new Sender(), metrics);
    assertSame(flushed, locked.flush());
    assertSame(ended, locked.shutdown());
    locked.close();
    assertEquals(List.of("flush", "shutdown", "close"), calls);
    assertEquals("RedactedMetrics{the sender}", locked.toString());
  }

  @Test
  void lifecycle_ofTheLockOfAReader_isThatOfTheReaderBehind() throws IOException {
    MetricReader locked = RedactedMetrics.lock(new Reader(), metrics);
    assertSame(flushed, locked.forceFlush());
    assertSame(ended, locked.shutdown());
    locked.close();
    assertEquals(List.of("flush", "shutdown", "close"), calls);
  }

  /** How metrics are put together is for who sends them to say; that data is kept is ours. */
  @Test
  void choices_ofBothLocksOfMetrics_areThoseBehindButForTheMemory() {
    MetricExporter exporter = RedactedMetrics.lock(new Sender(), metrics);
    MetricReader reader = RedactedMetrics.lock(new Reader(), metrics);
    for (InstrumentType type : InstrumentType.values()) {
      assertEquals(temporality(type), exporter.getAggregationTemporality(type));
      assertEquals(temporality(type), reader.getAggregationTemporality(type));
      assertSame(Aggregation.drop(), exporter.getDefaultAggregation(type));
      assertSame(Aggregation.drop(), reader.getDefaultAggregation(type));
    }
    assertEquals(MemoryMode.IMMUTABLE_DATA, exporter.getMemoryMode());
    assertEquals(MemoryMode.IMMUTABLE_DATA, reader.getMemoryMode());
  }

  private static AggregationTemporality temporality(InstrumentType type) {
    return type == InstrumentType.COUNTER
        ? AggregationTemporality.DELTA
        : AggregationTemporality.CUMULATIVE;
  }

  private CompletableResultCode called(String name, CompletableResultCode result) {
    calls.add(name);
    return result;
  }

  private final class Logs implements LogRecordExporter {
    @Override
    public CompletableResultCode export(Collection<LogRecordData> records) {
      return called("export", CompletableResultCode.ofFailure());
    }

    @Override
    public CompletableResultCode flush() {
      return called("flush", flushed);
    }

    @Override
    public CompletableResultCode shutdown() {
      return called("shutdown", ended);
    }

    @Override
    public void close() {
      calls.add("close");
    }

    @Override
    public String toString() {
      return "the logs";
    }
  }

  private final class Sender implements MetricExporter {
    @Override
    public CompletableResultCode export(Collection<MetricData> data) {
      return called("export", CompletableResultCode.ofFailure());
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return temporality(type);
    }

    @Override
    public Aggregation getDefaultAggregation(InstrumentType type) {
      return Aggregation.drop();
    }

    @Override
    public MemoryMode getMemoryMode() {
      return MemoryMode.REUSABLE_DATA;
    }

    @Override
    public CompletableResultCode flush() {
      return called("flush", flushed);
    }

    @Override
    public CompletableResultCode shutdown() {
      return called("shutdown", ended);
    }

    @Override
    public void close() {
      calls.add("close");
    }

    @Override
    public String toString() {
      return "the sender";
    }
  }

  private final class Reader implements MetricReader {
    @Override
    public void register(CollectionRegistration registration) {
      calls.add("register");
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return temporality(type);
    }

    @Override
    public Aggregation getDefaultAggregation(InstrumentType type) {
      return Aggregation.drop();
    }

    @Override
    public MemoryMode getMemoryMode() {
      return MemoryMode.REUSABLE_DATA;
    }

    @Override
    public CompletableResultCode forceFlush() {
      return called("flush", flushed);
    }

    @Override
    public CompletableResultCode shutdown() {
      return called("shutdown", ended);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
