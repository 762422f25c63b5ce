package dev.modgate.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/**
 * The ticket to an exporter: a span that {@link SpanRedactor} has rebuilt. It holds no reference to
 * the span that it was made from, and overrides every getter of {@link SpanData}, so that none can
 * fall back on a default.
 */
final class RedactedSpanData implements SpanData {

  /**
   * What a span consists of.
   *
   * @param startEpochNanos since 1970 UTC
   * @param endEpochNanos since 1970 UTC
   */
  record Parts(
      String name,
      SpanKind kind,
      SpanContext context,
      SpanContext parent,
      StatusData status,
      long startEpochNanos,
      long endEpochNanos,
      boolean ended,
      Attributes attributes,
      List<EventData> events,
      List<LinkData> links,
      InstrumentationScopeInfo scope,
      Resource resource) {}

  private final Parts parts;

  RedactedSpanData(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String getName() {
    return parts.name;
  }

  @Override
  public SpanKind getKind() {
    return parts.kind;
  }

  @Override
  public SpanContext getSpanContext() {
    return parts.context;
  }

  @Override
  public String getTraceId() {
    return parts.context.getTraceId();
  }

  @Override
  public String getSpanId() {
    return parts.context.getSpanId();
  }

  @Override
  public SpanContext getParentSpanContext() {
    return parts.parent;
  }

  @Override
  public String getParentSpanId() {
    return parts.parent.getSpanId();
  }

  @Override
  public StatusData getStatus() {
    return parts.status;
  }

  @Override
  public long getStartEpochNanos() {
    return parts.startEpochNanos;
  }

  @Override
  public Attributes getAttributes() {
    return parts.attributes;
  }

  @Override
  public List<EventData> getEvents() {
    return parts.events;
  }

  @Override
  public List<LinkData> getLinks() {
    return parts.links;
  }

  @Override
  public long getEndEpochNanos() {
    return parts.endEpochNanos;
  }

  @Override
  public boolean hasEnded() {
    return parts.ended;
  }

  /** What is not here was never there. */
  @Override
  public int getTotalRecordedEvents() {
    return parts.events.size();
  }

  @Override
  public int getTotalRecordedLinks() {
    return parts.links.size();
  }

  @Override
  public int getTotalAttributeCount() {
    return parts.attributes.size();
  }

  // The interface still has it, so it must not fall back on the original's.
  @SuppressWarnings("deprecation")
  @Override
  public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    return InstrumentationLibraryInfo.create(parts.scope.getName(), parts.scope.getVersion());
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return parts.scope;
  }

  @Override
  public Resource getResource() {
    return parts.resource;
  }

  @Override
  public String toString() {
    return "RedactedSpanData" + parts;
  }
}
