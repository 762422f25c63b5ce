package dev.modgate.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/** Opens spans below the current one. */
public final class ChildSpans {

  /**
   * Work inside a span.
   *
   * @param <T> its result
   * @param <E> what it throws; RuntimeException if nothing
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run(OpenSpan span) throws E;
  }

  private final Tracer tracer;

  ChildSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Runs the work in a span of this name, which is current meanwhile and ends with it. What the
   * work throws marks the span as failed and goes on to the caller.
   */
  public <T, E extends Exception> T in(SpanName name, Work<T, E> work) throws E {
    Span span = tracer.spanBuilder(name.text()).setSpanKind(name.kind()).startSpan();
    OpenSpan open = new OpenSpan(span);
    try (Scope _ = span.makeCurrent()) {
      return work.run(open);
    } catch (Exception | Error thrown) {
      open.failed(thrown);
      throw thrown;
    } finally {
      span.end();
    }
  }
}
