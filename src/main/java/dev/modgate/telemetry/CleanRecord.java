package dev.modgate.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * A record of the log without a message that nobody scrubbed. It holds no reference to the
 * exception that it tells of.
 */
final class CleanRecord extends LogRecord {

  private static final long serialVersionUID = 1L;

  /** Of an exception, so many frames are kept. */
  private static final int FRAMES = 30;

  /** Their exceptions are failures of a collector, not of this process. */
  private static final String OPENTELEMETRY = "io.opentelemetry";

  private final String message;
  private final transient Optional<String> exception;
  private final transient List<String> frames;
  private final transient SpanContext span;

  private CleanRecord(
      Level level,
      String message,
      Optional<String> exception,
      List<String> frames,
      SpanContext span) {
    super(level, text(message, exception, frames));
    this.message = message;
    this.exception = exception;
    this.frames = frames;
    this.span = span;
  }

  /**
   * Must be called by the thread that logs.
   *
   * @param message scrubbed, on one line
   */
  static CleanRecord of(LogRecord record, String message) {
    Optional<Throwable> thrown = Optional.ofNullable(record.getThrown());
    boolean ours = !String.valueOf(record.getLoggerName()).startsWith(OPENTELEMETRY);
    CleanRecord clean =
        new CleanRecord(
            record.getLevel(),
            message,
            thrown.map(t -> t.getClass().getName()),
            thrown.filter(_ -> ours).map(CleanRecord::frames).orElse(List.of()),
            Span.current().getSpanContext());
    clean.setInstant(record.getInstant());
    clean.setLoggerName(record.getLoggerName());
    clean.setSourceClassName(record.getSourceClassName());
    clean.setSourceMethodName(record.getSourceMethodName());
    return clean;
  }

  private static List<String> frames(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .limit(FRAMES)
        .map(StackTraceElement::toString)
        .toList();
  }

  /** For people: the class behind the message, a frame a line below it. */
  private static String text(String message, Optional<String> exception, List<String> frames) {
    StringBuilder text = new StringBuilder(message);
    exception.ifPresent(name -> text.append(" (").append(name).append(')'));
    frames.forEach(frame -> text.append("\n\tat ").append(frame));
    return text.toString();
  }

  /** Without what is said of the exception. */
  String words() {
    return message;
  }

  /** The class of an exception. */
  Optional<String> exception() {
    return exception;
  }

  List<String> frames() {
    return frames;
  }

  /** The span that it was said in; invalid outside a request. */
  SpanContext span() {
    return span;
  }

  boolean isOfOpenTelemetry() {
    return String.valueOf(getLoggerName()).startsWith(OPENTELEMETRY);
  }
}
