package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a record of the log keeps of another. */
final class CleanRecordTest {

  @Test
  void of_exception_keepsItsClassAndThirtyFrames() {
    CleanRecord clean = CleanRecord.of(record("modgate.test", 31), "failed");
    assertEquals(Optional.of("java.io.IOException"), clean.exception());
    List<String> frames =
        IntStream.range(0, 30).mapToObj(i -> "a.Deep.call(Deep.java:" + (i + 1) + ")").toList();
    assertEquals(frames, clean.frames());
    assertEquals("failed", clean.words());
    assertEquals(
        "failed (java.io.IOException)\n\tat " + String.join("\n\tat ", frames), clean.getMessage());
  }

  /** They are a collector's failures: where in the SDK they were noticed says nothing. */
  @Test
  void of_exceptionOfTheSdk_keepsItsClassAndNoFrame() {
    CleanRecord clean = CleanRecord.of(record("io.opentelemetry.exporter.any", 2), "failed");
    assertEquals(Optional.of("java.io.IOException"), clean.exception());
    assertEquals(List.of(), clean.frames());
    assertEquals("failed (java.io.IOException)", clean.getMessage());
    assertEquals(true, clean.isOfOpenTelemetry());
  }

  @Test
  void of_recordWithoutAnException_keepsWhenAndWhere() {
    LogRecord record = record("modgate.test", 0);
    record.setThrown(null);
    CleanRecord clean = CleanRecord.of(record, "said");
    assertEquals("said", clean.getMessage());
    assertEquals(Optional.empty(), clean.exception());
    assertEquals(Instant.ofEpochSecond(1_700_000_000, 5), clean.getInstant());
    assertEquals(Level.WARNING, clean.getLevel());
    assertEquals("modgate.test", clean.getLoggerName());
    assertEquals("a.Caller", clean.getSourceClassName());
    assertEquals("call", clean.getSourceMethodName());
    assertFalse(clean.isOfOpenTelemetry());
    assertFalse(clean.span().isValid());
  }

  private static LogRecord record(String logger, int frames) {
    IOException thrown = new IOException("quotes what somebody sent");
    thrown.setStackTrace(
        IntStream.rangeClosed(1, frames)
            .mapToObj(line -> new StackTraceElement("a.Deep", "call", "Deep.java", line))
            .toArray(StackTraceElement[]::new));
    LogRecord record = new LogRecord(Level.WARNING, "not scrubbed");
    record.setInstant(Instant.ofEpochSecond(1_700_000_000, 5));
    record.setLoggerName(logger);
    record.setSourceClassName("a.Caller");
    record.setSourceMethodName("call");
    record.setThrown(thrown);
    return record;
  }
}
