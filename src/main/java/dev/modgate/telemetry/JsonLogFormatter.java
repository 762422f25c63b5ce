package dev.modgate.telemetry;

import dev.modgate.document.JsonLine;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A log line as one JSON object, with the ids of the trace that it was said in. */
final class JsonLogFormatter extends Formatter {

  @Override
  public String format(LogRecord record) {
    JsonLine line =
        new JsonLine()
            .text("time", record.getInstant().toString())
            .text("level", LogSeverity.of(record.getLevel()).word())
            .text("logger", String.valueOf(record.getLoggerName()));
    switch (record) {
      case CleanRecord clean -> {
        line.text("message", clean.words());
        if (clean.span().isValid()) {
          line.text("trace", clean.span().getTraceId()).text("span", clean.span().getSpanId());
        }
        line.text("exception", clean.exception());
        if (!clean.frames().isEmpty()) {
          line.texts("stack", clean.frames());
        }
      }
      // Nothing comes past the scrubbing; if something did, its words stay here.
      default -> line.text("message", Cuts.PLACEHOLDER);
    }
    return line + "\n";
  }
}
