package dev.modgate.telemetry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Lets the first record pass and then one a minute. The SDK says with every batch that its queue
 * was full, twenty times a second under load, and the metrics count what was dropped anyway.
 */
final class OnceAMinute implements Filter {

  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  /** Kept here, because nobody else does: a logger that is collected forgets its filter. */
  private static final Logger DROPS =
      Logger.getLogger("io.opentelemetry.sdk.trace.export.BatchSpanProcessor");

  private final LongSupplier nanos;
  private final AtomicLong next;

  /**
   * @param nanos the time, as {@link System#nanoTime}
   */
  OnceAMinute(LongSupplier nanos) {
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  /** What the SDK says of spans that it drops. */
  static void quietenDrops() {
    DROPS.setFilter(new OnceAMinute(System::nanoTime));
  }

  @Override
  public boolean isLoggable(LogRecord record) {
    long now = nanos.getAsLong();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + PAUSE);
  }
}
