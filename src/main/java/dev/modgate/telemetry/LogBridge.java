package dev.modgate.telemetry;

import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Hands the log to the SDK, for a collector. What the SDK says of itself stays here: a collector
 * that fails would be told of its failure for ever.
 */
final class LogBridge extends Handler {

  private volatile Optional<Logger> logger = Optional.empty();

  /** From now on; what was said before stays here. */
  void to(Logger sdk) {
    logger = Optional.of(sdk);
  }

  @Override
  public void publish(LogRecord record) {
    logger.ifPresent(sdk -> publish(record, sdk));
  }

  private static void publish(LogRecord record, Logger logger) {
    if (record instanceof CleanRecord clean && !clean.isOfOpenTelemetry()) {
      LogSeverity severity = LogSeverity.of(clean.getLevel());
      LogRecordBuilder out =
          logger
              .logRecordBuilder()
              .setTimestamp(clean.getInstant())
              .setContext(Context.root().with(Span.wrap(clean.span())))
              .setSeverity(severity.otel())
              .setSeverityText(severity.word())
              .setBody(clean.words())
              .setAttribute(TextAttribute.LOGGER.otel(), String.valueOf(clean.getLoggerName()));
      clean
          .exception()
          .ifPresent(name -> out.setAttribute(TextAttribute.EXCEPTION_TYPE.otel(), name));
      out.emit();
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
