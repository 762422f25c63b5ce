package dev.modgate.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The lock on the way out of log records: an exporter that sends only what was rebuilt. One that
 * can't be rebuilt is dropped and counted.
 */
final class RedactedLogExporter implements LogRecordExporter {

  private final LogRecordExporter next;
  private final LogRedactor redactor;
  private final RedactionCounts counts;

  RedactedLogExporter(LogRecordExporter next, LogRedactor redactor, RedactionCounts counts) {
    this.next = next;
    this.redactor = redactor;
    this.counts = counts;
  }

  @Override
  public CompletableResultCode export(Collection<LogRecordData> records) {
    List<LogRecordData> redacted = new ArrayList<>(records.size());
    for (LogRecordData record : records) {
      try {
        redacted.add(redactor.redact(record));
      } catch (RuntimeException failed) {
        counts.countFailed();
      }
    }
    return redacted.isEmpty() ? CompletableResultCode.ofSuccess() : next.export(redacted);
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
    return "RedactedLogExporter{" + next + "}";
  }
}
