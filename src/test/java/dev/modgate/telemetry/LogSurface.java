package dev.modgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** The places of a log record in which a credential can leave; each plants one there. */
// Each planting is a lambda without state.
@SuppressWarnings("ImmutableEnumChecker")
enum LogSurface {
  BODY((logs, text) -> said(logs).setBody("it answered " + text + " and hung up").emit()),
  BODY_OF_MANY_LINES((logs, text) -> said(logs).setBody("it answered\n" + text + "\n").emit()),
  STRUCTURED_BODY(
      (logs, text) -> said(logs).setBody(Value.of(KeyValue.of("header", Value.of(text)))).emit()),
  STRUCTURED_BODY_KEY(
      (logs, text) -> said(logs).setBody(Value.of(KeyValue.of(text, Value.of(true)))).emit()),
  LIST_BODY((logs, text) -> said(logs).setBody(Value.of(Value.of("first"), Value.of(text))).emit()),
  BYTES_BODY(
      (logs, text) -> said(logs).setBody(Value.of(text.getBytes(StandardCharsets.UTF_8))).emit()),
  ALLOWED_ATTRIBUTE((logs, text) -> {
    LogRecordBuilder record = said(logs);
    for (TextAttribute allowed : TextAttribute.values()) {
      record.setAttribute(allowed.otel(), text);
    }
    record.emit();
  }),
  UNKNOWN_ATTRIBUTE((logs, text) ->
      said(logs)
          .setAllAttributes(
              Attributes.builder()
                  .put("http.request.header.authorization", text)
                  .put("log.record.original", text)
                  .put("thread.name", text)
                  .put(AttributeKey.stringArrayKey("modgate.logger"), List.of(text))
                  .build())
          .emit()),
  ATTRIBUTE_KEY((logs, text) -> said(logs).setAttribute(text, "value").emit()),
  STRUCTURED_ATTRIBUTE((logs, text) ->
      said(logs)
          .setAttribute("modgate.logger", Value.of(KeyValue.of("name", Value.of(text))))
          .emit()),
  EVENT_NAME((logs, text) -> said(logs).setEventName(text).emit()),
  SEVERITY_TEXT((logs, text) -> said(logs).setSeverityText(text).emit()),
  EXCEPTION((logs, text) -> said(logs).setException(new IllegalStateException(text)).emit()),
  EXCEPTION_CAUSE((logs, text) ->
      said(logs)
          .setException(new IllegalStateException("outer", new IllegalArgumentException(text)))
          .emit()),
  SCOPE_NAME((logs, text) -> of(logs, text, "1").logRecordBuilder().setBody("said").emit()),
  SCOPE_VERSION(
      (logs, text) -> of(logs, "dev.modgate", text).logRecordBuilder().setBody("said").emit()),
  /** It does not leave in a log record, whatever the exporter; nothing notices it there. */
  TRACE_STATE(
      (logs, text) -> said(logs).setContext(Context.root().with(Span.wrap(traced(text)))).emit());

  private final BiConsumer<LoggerProvider, String> planting;

  LogSurface(BiConsumer<LoggerProvider, String> planting) {
    this.planting = planting;
  }

  /** Says something that holds the text here. */
  void plant(LoggerProvider logs, String text) {
    planting.accept(logs, text);
  }

  /** OTLP has no trace state in a log record (opentelemetry-proto, logs.proto). */
  boolean isSent() {
    return this != TRACE_STATE;
  }

  private static LogRecordBuilder said(LoggerProvider logs) {
    return of(logs, "dev.modgate", "1").logRecordBuilder().setBody("said");
  }

  private static Logger of(LoggerProvider logs, String scope, String version) {
    return logs.loggerBuilder(scope).setInstrumentationVersion(version).build();
  }

  private static SpanContext traced(String text) {
    return SpanContext.create(
        "0af7651916cd43dd8448eb211c80319c",
        "b7ad6b7169203331",
        TraceFlags.getSampled(),
        TraceState.builder().put("vendor", text.replace("=", "")).build());
  }
}
