package dev.modgate.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.function.Function;

/**
 * The first lock on the way out: stands in front of a processor that exports and hands it rebuilt
 * spans only. It fails closed: a span that can't be rebuilt is dropped and counted. The request
 * that ended the span never notices.
 *
 * <p>The processor behind it is not told of a span's start, because a span that is not finished is
 * not redacted.
 */
final class RedactingSpanProcessor implements SpanProcessor {

  private final SpanProcessor next;
  private final Function<SpanData, RedactedSpanData> redactor;
  private final RedactionCounts counts;

  RedactingSpanProcessor(
      SpanProcessor next, Function<SpanData, RedactedSpanData> redactor, RedactionCounts counts) {
    this.next = next;
    this.redactor = redactor;
    this.counts = counts;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    try {
      next.onEnd(new RedactedSpan(redactor.apply(span.toSpanData())));
    } catch (RuntimeException | Error failed) {
      // Whatever it was, a stack overflow too: the span stays here and the request goes on.
      counts.countFailed();
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return next.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return next.forceFlush();
  }

  @Override
  public void close() {
    next.close();
  }

  @Override
  public String toString() {
    return "RedactingSpanProcessor{" + next + "}";
  }
}
