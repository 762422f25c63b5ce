package dev.modgate.telemetry;

import java.util.Optional;
import java.util.logging.Formatter;

/** How a line of the process's log is written. */
public enum LogStyle {
  /** For people, as the process printed it before. */
  TEXT,
  /** One JSON object. */
  JSON;

  /** Empty if it stays as it was. */
  Optional<Formatter> formatter() {
    return switch (this) {
      case TEXT -> Optional.empty();
      case JSON -> Optional.of(new JsonLogFormatter());
    };
  }
}
