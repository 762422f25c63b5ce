package dev.modgate.telemetry;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What reaches the process's log while it is open, as it would be printed. */
final class LogCapture extends Handler implements AutoCloseable {

  private final StringBuilder text = new StringBuilder();
  private final SimpleFormatter formatter = new SimpleFormatter();

  LogCapture() {
    Logger.getLogger("").addHandler(this);
  }

  synchronized String text() {
    return text.toString();
  }

  @Override
  public synchronized void publish(LogRecord record) {
    text.append(formatter.format(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
