package dev.modgate.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** What did not leave because it could have carried a credential. */
final class RedactionCounts {

  private final LongAdder failed = new LongAdder();
  private final LongAdder unredacted = new LongAdder();
  private final LongAdder redactions = new LongAdder();

  /** A span or a log record could not be rebuilt. */
  void countFailed() {
    failed.increment();
  }

  /** So many came to an exporter past the redaction, or may not leave by their name. */
  void countUnredacted(long signals) {
    unredacted.add(signals);
  }

  /** Something was replaced in a text. */
  void countRedaction() {
    redactions.increment();
  }

  long redactions() {
    return redactions.sum();
  }

  DroppedSpans sum() {
    return new DroppedSpans(failed.sum(), unredacted.sum());
  }
}
