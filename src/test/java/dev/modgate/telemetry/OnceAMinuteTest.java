package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

final class OnceAMinuteTest {

  private final LogRecord record = new LogRecord(Level.WARNING, "the queue is full");

  @Test
  void theFirst_passes_andAnotherAMinuteLater() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    OnceAMinute filter = new OnceAMinute(now::get);
    assertTrue(filter.isLoggable(record));
    assertFalse(filter.isLoggable(record));
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertFalse(filter.isLoggable(record));
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertTrue(filter.isLoggable(record));
    assertFalse(filter.isLoggable(record));
  }

  /** The SDK's logger is known by the name of its class. */
  @Test
  void drops_ofTheSdk_areQuiet() {
    OnceAMinute.quietenDrops();
    Logger logger = Logger.getLogger(BatchSpanProcessor.class.getName());
    assertInstanceOf(OnceAMinute.class, logger.getFilter());
  }
}
