package dev.modgate.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/**
 * The second lock on the way out: an exporter that sends only spans that were rebuilt, whoever
 * hands them over. Others are dropped and counted.
 */
final class RedactedOnlyExporter implements SpanExporter {

  private final SpanExporter next;
  private final RedactionCounts counts;

  RedactedOnlyExporter(SpanExporter next, RedactionCounts counts) {
    this.next = next;
    this.counts = counts;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    List<SpanData> redacted =
        spans.stream().filter(span -> span instanceof RedactedSpanData).toList();
    if (redacted.size() < spans.size()) {
      counts.countUnredacted(spans.size() - redacted.size());
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
    return "RedactedOnlyExporter{" + next + "}";
  }
}
