package dev.modgate.telemetry;

import dev.modgate.fake.LeakDetector.Encoding;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.List;
import java.util.function.BiConsumer;

/** The places of a span in which a credential can leave; each plants one there. */
// Each planting is a lambda without state.
@SuppressWarnings("ImmutableEnumChecker")
enum Surface {
  ALLOWED_ATTRIBUTE((sdk, text) -> {
    Span span = builder(sdk).startSpan();
    for (TextAttribute allowed : TextAttribute.values()) {
      span.setAttribute(allowed.otel(), text);
    }
    span.end();
  }),
  UNKNOWN_ATTRIBUTE((sdk, text) -> builder(sdk).setAttribute("http.url", text).startSpan().end()),
  /** Keys that instrumentations use for headers, in several cases. */
  HEADER_ATTRIBUTES((sdk, text) -> {
    Span span = builder(sdk).startSpan();
    for (String key :
        List.of(
            "http.request.header.authorization",
            "http.request.header.Authorization",
            "HTTP.REQUEST.HEADER.COOKIE",
            "http.response.header.set-cookie",
            "url.full",
            "url.query",
            "user_agent.original",
            "HTTP.ROUTE",
            "Modgate.Module",
            "modgate.module ")) {
      span.setAttribute(AttributeKey.stringArrayKey(key), List.of("first", text));
      span.setAttribute(AttributeKey.stringKey(key), text);
    }
    span.end();
  }),
  ARRAY_UNDER_ALLOWED_KEY((sdk, text) ->
      builder(sdk)
          .setAttribute(AttributeKey.stringArrayKey("modgate.module"), List.of(text))
          .startSpan()
          .end()),
  ATTRIBUTE_KEY((sdk, text) -> builder(sdk).setAttribute(text, "value").startSpan().end()),
  EVENT_NAME((sdk, text) -> end(builder(sdk).startSpan().addEvent(text))),
  EVENT_ATTRIBUTE((sdk, text) -> {
    Attributes attributes =
        Attributes.builder()
            .put("exception.type", text)
            .put("modgate.module", text)
            .put(text, "value")
            .build();
    end(builder(sdk).startSpan().addEvent("exception", attributes).addEvent("e", attributes));
  }),
  ALLOWED_EVENT_ATTRIBUTE((sdk, text) -> {
    Attributes attributes =
        Attributes.builder()
            .put("modgate.mirror", text)
            .put("error.type", text)
            .put("url.full", text)
            .put(text, "value")
            .build();
    end(builder(sdk).startSpan().addEvent(SpanEvent.RETRY.text(), attributes));
  }),
  EXCEPTION_MESSAGE((sdk, text) -> thrown(sdk, new IllegalStateException(text))),
  EXCEPTION_CAUSE(
      (sdk, text) -> thrown(sdk, new IllegalStateException(new IllegalArgumentException(text)))),
  EXCEPTION_SUPPRESSED((sdk, text) -> {
    Exception thrown = new IllegalStateException("outer");
    thrown.addSuppressed(new IllegalArgumentException(text));
    thrown(sdk, thrown);
  }),
  LINK_ATTRIBUTE((sdk, text) ->
      builder(sdk)
          .addLink(other(TraceState.getDefault()), Attributes.of(key(text), text))
          .startSpan()
          .end()),
  LINK_TRACE_STATE((sdk, text) -> builder(sdk).addLink(other(state(text))).startSpan().end()),
  PARENT_TRACE_STATE((sdk, text) ->
      builder(sdk).setParent(Context.root().with(Span.wrap(other(state(text))))).startSpan().end()),
  STATUS((sdk, text) -> end(builder(sdk).startSpan().setStatus(StatusCode.ERROR, text))),
  SPAN_NAME((sdk, text) -> tracer(sdk, "dev.modgate", "1").spanBuilder(text).startSpan().end()),
  SPAN_NAME_AFTER_METHOD(
      (sdk, text) -> tracer(sdk, "dev.modgate", "1").spanBuilder("GET /" + text).startSpan().end()),
  SCOPE_NAME((sdk, text) -> tracer(sdk, text, "1").spanBuilder("attempt").startSpan().end()),
  SCOPE_VERSION(
      (sdk, text) -> tracer(sdk, "dev.modgate", text).spanBuilder("attempt").startSpan().end());

  private final BiConsumer<OpenTelemetrySdk, String> planting;

  Surface(BiConsumer<OpenTelemetrySdk, String> planting) {
    this.planting = planting;
  }

  /** Ends a span that holds the text here. */
  void plant(OpenTelemetrySdk sdk, String text) {
    planting.accept(sdk, text);
  }

  /** A trace state has 256 characters and no equals sign. */
  boolean canCarry(Encoding encoding) {
    boolean state = this == LINK_TRACE_STATE || this == PARENT_TRACE_STATE;
    return !state || encoding != Encoding.JSON_UNICODE;
  }

  private static SpanBuilder builder(OpenTelemetrySdk sdk) {
    return tracer(sdk, "dev.modgate", "1").spanBuilder("attempt").setNoParent();
  }

  private static Tracer tracer(OpenTelemetrySdk sdk, String scope, String version) {
    return sdk.getTracerProvider().get(scope, version);
  }

  private static void thrown(OpenTelemetrySdk sdk, Exception thrown) {
    end(builder(sdk).startSpan().recordException(thrown));
  }

  private static void end(Span span) {
    span.end();
  }

  private static AttributeKey<String> key(String text) {
    return AttributeKey.stringKey(text);
  }

  private static TraceState state(String text) {
    return TraceState.builder().put("vendor", text.replace("=", "")).build();
  }

  private static SpanContext other(TraceState state) {
    return SpanContext.createFromRemoteParent(
        "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", TraceFlags.getSampled(), state);
  }
}
