package dev.modgate.telemetry;

import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.util.Optional;

/**
 * Rebuilds log records from what may leave: the text of the body, scrubbed; attributes that spans
 * may have, too; ids. Structured bodies and names of events are absent.
 */
final class LogRedactor {

  private final Scrubber scrubber;
  private final ResourceRedactor resources;
  private final InstrumentationScopeInfo scope;

  /**
   * @param version of modgate
   */
  LogRedactor(Scrubber scrubber, String version) {
    this.scrubber = scrubber;
    this.resources = new ResourceRedactor(scrubber);
    this.scope = SpanRedactor.scope(version);
  }

  RedactedLogRecord redact(LogRecordData record) {
    return new RedactedLogRecord(
        new RedactedLogRecord.Parts(
            resources.redact(record.getResource()),
            scope,
            record.getTimestampEpochNanos(),
            record.getObservedTimestampEpochNanos(),
            SpanRedactor.context(record.getSpanContext()),
            record.getSeverity(),
            text(record),
            AllowedAttributes.clean(record.getAttributes(), scrubber)));
  }

  private String text(LogRecordData record) {
    return Optional.<Value<?>>ofNullable(record.getBodyValue())
        .filter(body -> body.getType() == ValueType.STRING)
        .map(body -> scrubber.scrubWords(body.asString()))
        .orElse(Cuts.PLACEHOLDER);
  }
}
