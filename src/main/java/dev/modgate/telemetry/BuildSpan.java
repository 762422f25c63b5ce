package dev.modgate.telemetry;

import dev.modgate.protocol.TraceContext;
import io.opentelemetry.api.trace.SpanContext;

/** A build as a whole, seen from the command that runs it. */
public final class BuildSpan {

  private final OpenSpan open;

  BuildSpan(OpenSpan open) {
    this.open = open;
  }

  /** What the build's requests are children of. */
  public TraceContext context() {
    SpanContext span = open.span().getSpanContext();
    return new TraceContext(span.getTraceId(), span.getSpanId(), span.isSampled());
  }

  /**
   * Ends it.
   *
   * @param exit code of the command; any but 0 is a failure
   */
  public void end(int exit) {
    if (exit != 0) {
      open.failed("exit-" + exit);
    }
    open.span().end();
  }
}
