package dev.modgate.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What this process says on standard error: warnings and worse, a line each. */
final class ProcessLog {

  private ProcessLog() {}

  /** Must run before anything logs: the format is read once. */
  static void start() {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
    Logger.getLogger("").setLevel(Level.WARNING);
  }
}
