package dev.modgate.telemetry;

import dev.modgate.protocol.Build;
import dev.modgate.protocol.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.InstantSource;
import java.util.Optional;

/** Opens a span for each request that comes in. */
public final class ServerSpans {

  /** The header is the carrier: there is no trace state to find. */
  private static final TextMapGetter<String> TRACEPARENT =
      (header, name) -> name.equals("traceparent") ? header : "";

  private final Tracer tracer;
  private final BuildRoots roots;

  ServerSpans(Tracer tracer, InstantSource clock) {
    this.tracer = tracer;
    this.roots = new BuildRoots(tracer, clock);
  }

  /** A request that belongs to no build. */
  public ServerSpan begin(String method, String route, Optional<String> traceparent) {
    return begin(method, route, Optional.empty(), traceparent);
  }

  /**
   * Begins a span; it is current nowhere yet. The trace that the build brought goes before the one
   * in the header, which then is the parent if it is of the same trace, else a link. Without either
   * the requests of a build share a trace of our own.
   *
   * @param method as it came
   * @param route one of {@link SpanNames#ROUTES}; any other is not shown
   * @param build that the request belongs to
   * @param traceparent the header as it came; a malformed one counts for none
   */
  public ServerSpan begin(
      String method, String route, Optional<Build> build, Optional<String> traceparent) {
    Span span = begun(SpanNames.request(method, route), build, traceparent.flatMap(this::header));
    OpenSpan open = new OpenSpan(span);
    open.attribute(
        TextAttribute.HTTP_REQUEST_METHOD, SpanNames.isKnownMethod(method) ? method : "_OTHER");
    open.attribute(TextAttribute.HTTP_ROUTE, route);
    build.ifPresent(known -> open.attribute(TextAttribute.BUILD, known.id()));
    return new ServerSpan(open, build.map(_ -> new Waits()));
  }

  private Span begun(String name, Optional<Build> build, Optional<SpanContext> header) {
    SpanBuilder span = tracer.spanBuilder(name).setSpanKind(SpanKind.SERVER);
    Optional<SpanContext> brought = build.flatMap(Build::context).map(ServerSpans::context);
    if (brought.isPresent() && header.isPresent() && !isSameTrace(brought.get(), header.get())) {
      return span.setParent(below(brought.get())).addLink(header.get()).startSpan();
    }
    return header
        .or(() -> brought)
        .or(() -> build.map(known -> roots.of(known.id())))
        .map(parent -> span.setParent(below(parent)))
        .orElseGet(span::setNoParent)
        .startSpan();
  }

  private static boolean isSameTrace(SpanContext one, SpanContext other) {
    return one.getTraceId().equals(other.getTraceId());
  }

  private static Context below(SpanContext parent) {
    return Context.root().with(Span.wrap(parent));
  }

  static SpanContext context(TraceContext context) {
    return SpanContext.createFromRemoteParent(
        context.traceId(),
        context.spanId(),
        context.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        TraceState.getDefault());
  }

  private Optional<SpanContext> header(String traceparent) {
    SpanContext found =
        Span.fromContext(
                W3CTraceContextPropagator.getInstance()
                    .extract(Context.root(), traceparent, TRACEPARENT))
            .getSpanContext();
    return found.isValid() ? Optional.of(found) : Optional.empty();
  }
}
