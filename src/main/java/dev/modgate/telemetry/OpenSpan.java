package dev.modgate.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;

/** A span that has begun. May be used from any thread. */
public final class OpenSpan {

  private final Span span;

  OpenSpan(Span span) {
    this.span = span;
  }

  /** Sets a text; a value that may not leave is absent from the exported span. */
  public OpenSpan attribute(TextAttribute key, String value) {
    span.setAttribute(key.otel(), value);
    return this;
  }

  /** Sets a number; a value out of range is absent from the exported span. */
  public OpenSpan attribute(NumberAttribute key, long value) {
    span.setAttribute(key.otel(), value);
    return this;
  }

  /** Something happened. */
  OpenSpan event(SpanEvent event, Attributes attributes) {
    span.addEvent(event.text(), attributes);
    return this;
  }

  /** Something happened earlier. */
  OpenSpan event(SpanEvent event, Instant when) {
    span.addEvent(event.text(), when);
    return this;
  }

  /**
   * Marks the span as failed.
   *
   * @param errorType as {@link TextAttribute#ERROR_TYPE}
   */
  public OpenSpan failed(String errorType) {
    span.setStatus(StatusCode.ERROR);
    return attribute(TextAttribute.ERROR_TYPE, errorType);
  }

  /** Marks the span as failed with the class of an exception; its message stays here. */
  public OpenSpan failed(Throwable thrown) {
    return failed(thrown.getClass().getName());
  }

  /** 32 small hex digits; all zero only after telemetry was closed. */
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  Span span() {
    return span;
  }
}
