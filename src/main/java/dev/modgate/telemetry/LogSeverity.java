package dev.modgate.telemetry;

import io.opentelemetry.api.logs.Severity;
import java.util.Locale;
import java.util.logging.Level;

/** The levels of the JDK's log in OpenTelemetry's words (opentelemetry.io/docs/specs/otel/logs). */
enum LogSeverity {
  TRACE(Severity.TRACE),
  DEBUG(Severity.DEBUG),
  INFO(Severity.INFO),
  WARN(Severity.WARN),
  ERROR(Severity.ERROR);

  private final Severity otel;

  LogSeverity(Severity otel) {
    this.otel = otel;
  }

  static LogSeverity of(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return WARN;
    }
    if (value >= Level.INFO.intValue()) {
      return INFO;
    }
    return value >= Level.FINE.intValue() ? DEBUG : TRACE;
  }

  Severity otel() {
    return otel;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
