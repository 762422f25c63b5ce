package dev.modgate.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;

/**
 * The ticket to an exporter: a log record that {@link LogRedactor} has rebuilt. It overrides every
 * getter of {@link LogRecordData}, so that none can fall back on a default.
 */
final class RedactedLogRecord implements LogRecordData {

  /**
   * What a record consists of.
   *
   * @param epochNanos since 1970 UTC
   * @param observedEpochNanos since 1970 UTC
   */
  record Parts(
      Resource resource,
      InstrumentationScopeInfo scope,
      long epochNanos,
      long observedEpochNanos,
      SpanContext context,
      Severity severity,
      String body,
      Attributes attributes) {}

  private final Parts parts;

  RedactedLogRecord(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Resource getResource() {
    return parts.resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return parts.scope;
  }

  @Override
  public long getTimestampEpochNanos() {
    return parts.epochNanos;
  }

  @Override
  public long getObservedTimestampEpochNanos() {
    return parts.observedEpochNanos;
  }

  @Override
  public SpanContext getSpanContext() {
    return parts.context;
  }

  @Override
  public Severity getSeverity() {
    return parts.severity;
  }

  @Override
  public String getSeverityText() {
    return parts.severity.name();
  }

  // The interface still has it, so it must not be another's.
  @SuppressWarnings("deprecation")
  @Override
  public Body getBody() {
    return Body.string(parts.body);
  }

  @Override
  public Value<?> getBodyValue() {
    return Value.of(parts.body);
  }

  @Override
  public Attributes getAttributes() {
    return parts.attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return parts.attributes.size();
  }

  /** Nothing that modgate says is an event. */
  @Override
  public String getEventName() {
    return "";
  }

  @Override
  public String toString() {
    return "RedactedLogRecord" + parts;
  }
}
