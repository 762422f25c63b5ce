package dev.modgate.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Optional;

/**
 * Rebuilds a span from what may leave. Nothing is copied that is not named here: a finished span
 * can't be edited, and what an exporter would find elsewhere in it must not exist.
 */
final class SpanRedactor {

  /** The scope of every span that modgate opens. */
  static final String SCOPE = "dev.modgate";

  private static final InstrumentationScopeInfo OTHER_SCOPE =
      InstrumentationScopeInfo.create(SpanNames.REDACTED);

  private final Scrubber scrubber;
  private final InstrumentationScopeInfo scope;
  private final ResourceRedactor resources;

  /**
   * @param version of modgate
   */
  SpanRedactor(Scrubber scrubber, String version) {
    this.scrubber = scrubber;
    this.scope = scope(version);
    this.resources = new ResourceRedactor(scrubber);
  }

  /** The scope of everything that leaves. */
  static InstrumentationScopeInfo scope(String version) {
    return InstrumentationScopeInfo.builder(SCOPE).setVersion(version).build();
  }

  RedactedSpanData redact(SpanData span) {
    return new RedactedSpanData(
        new RedactedSpanData.Parts(
            SpanNames.clean(span.getName()),
            span.getKind(),
            context(span.getSpanContext()),
            context(span.getParentSpanContext()),
            status(span.getStatus()),
            span.getStartEpochNanos(),
            span.getEndEpochNanos(),
            span.hasEnded(),
            AllowedAttributes.clean(span.getAttributes(), scrubber),
            events(span.getEvents()),
            links(span.getLinks()),
            isOurs(span.getInstrumentationScopeInfo()) ? scope : OTHER_SCOPE,
            resources.redact(span.getResource())));
  }

  /** The ids and the sampling decision; no trace state, no other flag. */
  static SpanContext context(SpanContext context) {
    if (!context.isValid()) {
      return SpanContext.getInvalid();
    }
    TraceFlags flags = context.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
    TraceState state = TraceState.getDefault();
    return context.isRemote()
        ? SpanContext.createFromRemoteParent(
            context.getTraceId(), context.getSpanId(), flags, state)
        : SpanContext.create(context.getTraceId(), context.getSpanId(), flags, state);
  }

  /** Without the description. */
  private static StatusData status(StatusData status) {
    StatusCode code = status.getStatusCode();
    return switch (code) {
      case OK -> StatusData.ok();
      case ERROR -> StatusData.error();
      case UNSET -> StatusData.unset();
    };
  }

  private static LinkData link(LinkData link) {
    return LinkData.create(context(link.getSpanContext()));
  }

  private static List<LinkData> links(List<LinkData> links) {
    return links.isEmpty() ? List.of() : links.stream().map(SpanRedactor::link).toList();
  }

  private List<EventData> events(List<EventData> events) {
    return events.isEmpty()
        ? List.of()
        : events.stream().map(this::event).flatMap(Optional::stream).toList();
  }

  /** One of ours as it may leave; of an exception only the class: no message, no stack trace. */
  private Optional<EventData> event(EventData event) {
    if (SpanEvent.isOne(event.getName())) {
      return Optional.of(
          EventData.create(
              event.getEpochNanos(),
              event.getName(),
              AllowedAttributes.clean(event.getAttributes(), scrubber)));
    }
    if (!event.getName().equals("exception")) {
      return Optional.empty();
    }
    Attributes attributes =
        Optional.ofNullable(event.getAttributes().get(TextAttribute.EXCEPTION_TYPE.otel()))
            .flatMap(type -> TextAttribute.EXCEPTION_TYPE.clean(type, scrubber))
            .map(type -> Attributes.of(TextAttribute.EXCEPTION_TYPE.otel(), type))
            .orElse(Attributes.empty());
    return Optional.of(EventData.create(event.getEpochNanos(), "exception", attributes));
  }

  private static boolean isOurs(InstrumentationScopeInfo scope) {
    return scope.getName().equals(SCOPE);
  }
}
