package dev.modgate.telemetry;

import dev.modgate.pipeline.Steps;
import dev.modgate.verify.Verdict;
import java.util.Optional;

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
              long start = System.nanoTime();
              T result = work.run();
              Waits.current().ifPresent(waits -> note(waits, step, start));
              if (result instanceof Verdict verdict) {
                describe(span, verdict);
              }
              return result;
            });
  }

  /**
   * A proof waits for the lookup, which is noted itself. Who waited and has nothing to show for it
   * waited for another's work.
   */
  private static void note(Waits waits, Step step, long start) {
    switch (step) {
      case HASH -> waits.note("hashing", start, Optional.empty());
      case WAIT -> {
        if (waits.ended().isEmpty()) {
          waits.note("another request for the same", start, Optional.empty());
        }
      }
      case STORE -> waits.note("disk", start, Optional.empty());
      case VERIFY, PROVE -> {}
    }
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
