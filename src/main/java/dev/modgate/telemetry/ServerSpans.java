package dev.modgate.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Optional;

/** Opens a span for each request that comes in. */
public final class ServerSpans {

  /** The header is the carrier: there is no trace state to find. */
  private static final TextMapGetter<String> TRACEPARENT =
      (header, name) -> name.equals("traceparent") ? header : "";

  private final Tracer tracer;

  ServerSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Begins a span; it is current nowhere yet.
   *
   * @param method as it came
   * @param route one of {@link SpanNames#ROUTES}; any other is not shown
   * @param traceparent the header as it came; a malformed one begins a new trace
   */
  public ServerSpan begin(String method, String route, Optional<String> traceparent) {
    Span span =
        tracer
            .spanBuilder(SpanNames.request(method, route))
            .setSpanKind(SpanKind.SERVER)
            .setParent(traceparent.map(ServerSpans::parent).orElse(Context.root()))
            .startSpan();
    OpenSpan open = new OpenSpan(span);
    open.attribute(
        TextAttribute.HTTP_REQUEST_METHOD, SpanNames.isKnownMethod(method) ? method : "_OTHER");
    open.attribute(TextAttribute.HTTP_ROUTE, route);
    return new ServerSpan(open);
  }

  private static Context parent(String traceparent) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.root(), traceparent, TRACEPARENT);
  }
}
