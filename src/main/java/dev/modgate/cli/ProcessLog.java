package dev.modgate.cli;

import dev.modgate.config.LogLevel;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What this process says on standard error, a line each. */
final class ProcessLog {

  private ProcessLog() {}

  /** Warnings and worse. */
  static void start() {
    start(LogLevel.WARNING);
  }

  /** Must run before anything logs: the format is read once. */
  static void start(LogLevel least) {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
    Level level =
        switch (least) {
          case TRACE -> Level.ALL;
          case DEBUG -> Level.FINE;
          case INFO -> Level.INFO;
          case WARNING -> Level.WARNING;
          case ERROR -> Level.SEVERE;
        };
    Logger root = Logger.getLogger("");
    root.setLevel(level);
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(level);
    }
  }
}
