package dev.modgate.telemetry;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Stands between what OpenTelemetry logs and the process's log: a collector's answer is quoted
 * there, and it may echo the request's headers. Messages are scrubbed and brought onto one line; of
 * an exception only the class remains.
 */
final class ScrubbedLog extends Handler implements AutoCloseable {

  /** Kept, because the log manager holds loggers weakly. */
  private static final Logger OPENTELEMETRY = Logger.getLogger("io.opentelemetry");

  private final Scrubber scrubber;
  private final Formatter formatter = new SimpleFormatter();

  private ScrubbedLog(Scrubber scrubber) {
    this.scrubber = scrubber;
  }

  /** In effect until it is closed. */
  static ScrubbedLog install(Scrubber scrubber) {
    ScrubbedLog log = new ScrubbedLog(scrubber);
    synchronized (OPENTELEMETRY) {
      OPENTELEMETRY.addHandler(log);
      OPENTELEMETRY.setUseParentHandlers(false);
    }
    return log;
  }

  @Override
  public void publish(LogRecord record) {
    LogRecord clean = new LogRecord(record.getLevel(), scrub(record));
    clean.setInstant(record.getInstant());
    clean.setLoggerName(record.getLoggerName());
    clean.setSourceClassName(record.getSourceClassName());
    clean.setSourceMethodName(record.getSourceMethodName());
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.publish(clean);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    synchronized (OPENTELEMETRY) {
      OPENTELEMETRY.removeHandler(this);
      if (OPENTELEMETRY.getHandlers().length == 0) {
        OPENTELEMETRY.setUseParentHandlers(true);
      }
    }
  }

  private String scrub(LogRecord record) {
    Throwable thrown = record.getThrown();
    String suffix = thrown == null ? "" : " (" + thrown.getClass().getName() + ")";
    try {
      return oneLine(scrubber.scrub(formatter.formatMessage(record))) + suffix;
    } catch (RuntimeException failed) {
      return Cuts.PLACEHOLDER + suffix;
    }
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return line.toString();
  }
}
