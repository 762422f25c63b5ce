package dev.modgate.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** Spans that did not leave because they could have carried a credential. */
final class RedactionCounts {

  private final LongAdder failed = new LongAdder();
  private final LongAdder unredacted = new LongAdder();

  /** A span could not be rebuilt. */
  void countFailed() {
    failed.increment();
  }

  /** So many spans came to an exporter past the redaction. */
  void countUnredacted(long spans) {
    unredacted.add(spans);
  }

  DroppedSpans sum() {
    return new DroppedSpans(failed.sum(), unredacted.sum());
  }
}
