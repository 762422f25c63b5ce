package dev.modgate.telemetry;

import dev.modgate.edge.RequestObserver;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One request that came in. May be used from any thread, and ended on another than it began. */
public final class ServerSpan {

  private final OpenSpan open;
  private final Optional<Waits> waits;
  private final Context context;

  /**
   * @param waits where to note what its work waits for
   */
  ServerSpan(OpenSpan open, Optional<Waits> waits) {
    this.open = open;
    this.waits = waits;
    Context own = Context.root().with(open.span());
    this.context = waits.map(noted -> noted.in(own)).orElse(own);
  }

  /** 32 small hex digits; all zero only after telemetry was closed. */
  public String traceId() {
    return open.traceId();
  }

  /** Sets a text; a value that may not leave is absent from the exported span. */
  public ServerSpan attribute(TextAttribute key, String value) {
    open.attribute(key, value);
    return this;
  }

  /** Sets a number; a value out of range is absent from the exported span. */
  public ServerSpan attribute(NumberAttribute key, long value) {
    open.attribute(key, value);
    return this;
  }

  /** Something happens now. */
  ServerSpan event(SpanEvent event) {
    open.event(event, Attributes.empty());
    return this;
  }

  /** What is measured within this request. */
  Context context() {
    return context;
  }

  /** What the work has waited for, if that is noted. */
  public List<RequestObserver.Wait> waits() {
    return waits.map(Waits::ended).orElse(List.of());
  }

  /** Runs the task with this request as the current one of the thread. */
  public void run(Runnable task) {
    try (Scope _ = context.makeCurrent()) {
      task.run();
    }
  }

  /** Calls the work with this request as the current one of the thread. */
  public <T> T call(Callable<T> work) throws Exception {
    try (Scope _ = context.makeCurrent()) {
      return work.call();
    }
  }

  /** The task, to be run on any thread with this request as its current one. */
  public Runnable wrap(Runnable task) {
    return () -> run(task);
  }

  /**
   * Ends the request; only the first call counts. A status of 500 or more is a failure of ours, a
   * lower one is not (opentelemetry.io/docs/specs/semconv/http/http-spans#status).
   *
   * @param status 100 to 599
   * @param errorType as {@link TextAttribute#ERROR_TYPE}; a status of 500 or more is one by itself
   */
  public void end(int status, Optional<String> errorType) {
    open.attribute(NumberAttribute.HTTP_RESPONSE_STATUS_CODE, status);
    errorType.ifPresent(type -> open.attribute(TextAttribute.ERROR_TYPE, type));
    if (status >= 500) {
      open.span().setStatus(StatusCode.ERROR);
      if (errorType.isEmpty()) {
        open.attribute(TextAttribute.ERROR_TYPE, String.valueOf(status));
      }
    }
    open.span().end();
  }
}
