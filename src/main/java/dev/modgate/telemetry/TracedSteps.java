package dev.modgate.telemetry;

import dev.modgate.pipeline.Steps;
import dev.modgate.verify.Verdict;

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
          case HASH -> SpanName.HASH;
          case PROVE -> SpanName.PROVE;
          case STORE -> SpanName.STORE;
          case WAIT -> SpanName.WAIT;
        };
    return spans.in(
        name,
        (ChildSpans.Work<T, E>)
            span -> {
              T result = work.run();
              if (result instanceof Verdict verdict) {
                describe(span, verdict);
              }
              return result;
            });
  }

  private static void describe(OpenSpan span, Verdict verdict) {
    span.attribute(
        TextAttribute.VERDICT,
        switch (verdict) {
          case Verdict.Proven _ -> "proven";
          case Verdict.Unprovable _ -> "unprovable";
          case Verdict.Refuted _ -> "refuted";
        });
  }
}
