package dev.modgate.telemetry;

import dev.modgate.pipeline.Steps;

/** A span for each step inside a request. */
public final class TracedSteps implements Steps {

  private final ChildSpans spans;

  public TracedSteps(ChildSpans spans) {
    this.spans = spans;
  }

  @Override
  public <T, E extends Exception> T in(Step step, Work<T, E> work) throws E {
    SpanName name =
        switch (step) {
          case VERIFY -> SpanName.VERIFY;
          case STORE -> SpanName.STORE;
          case WAIT -> SpanName.WAIT;
        };
    return spans.in(name, (ChildSpans.Work<T, E>) _ -> work.run());
  }
}
