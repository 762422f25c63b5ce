package dev.modgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Optional;

/** The redaction of one running SDK: puts both locks in place. */
final class Redaction {

  private static final AttributeKey<String> NAME = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");

  /** How the SDK begins the name of a service that has none. */
  private static final String UNKNOWN = "unknown_service";

  private final String version;
  private final Scrubber scrubber;
  private final SpanRedactor redactor;
  private final ResourceRedactor resources;
  private final MetricRedactor metrics;
  private final LogRedactor logs;
  private final RedactionCounts counts = new RedactionCounts();

  /**
   * @param names of modules
   * @param version of modgate
   */
  Redaction(KnownSecrets secrets, ModuleNames names, String version) {
    this.version = version;
    this.scrubber = new Scrubber(secrets, names, counts::countRedaction);
    this.redactor = new SpanRedactor(scrubber, version);
    this.resources = new ResourceRedactor(scrubber);
    this.logs = new LogRedactor(scrubber, version);
    this.metrics = new MetricRedactor(scrubber, version, counts);
  }

  SpanProcessor lock(SpanProcessor processor) {
    return new RedactingSpanProcessor(processor, redactor::redact, counts);
  }

  SpanExporter lock(SpanExporter exporter) {
    return new RedactedOnlyExporter(exporter, counts);
  }

  /** Redacted at the source too, and named modgate unless the operator named it well. */
  Resource resource(Resource resource) {
    Resource clean = resources.redact(resource);
    String name = Optional.ofNullable(clean.getAttribute(NAME)).orElse(UNKNOWN);
    return Resource.builder()
        .put(NAME, name.startsWith(UNKNOWN) ? "modgate" : name)
        .put(VERSION, version)
        .putAll(clean.getAttributes().toBuilder().removeIf(NAME::equals).build())
        .build();
  }

  Scrubber scrubber() {
    return scrubber;
  }

  MetricExporter lock(MetricExporter exporter) {
    return RedactedMetrics.lock(exporter, metrics);
  }

  LogRecordExporter lock(LogRecordExporter exporter) {
    return new RedactedLogExporter(exporter, logs, counts);
  }

  MetricReader lock(MetricReader reader) {
    return RedactedMetrics.lock(reader, metrics);
  }

  long redactions() {
    return counts.redactions();
  }

  DroppedSpans dropped() {
    return counts.sum();
  }
}
