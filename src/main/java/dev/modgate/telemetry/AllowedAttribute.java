package dev.modgate.telemetry;

/**
 * An attribute that may leave. Each is listed in {@code otel/attributes.md} or {@code metrics.md}.
 */
public sealed interface AllowedAttribute permits AllowedText, NumberAttribute, MetricFlag {

  /** The name as OpenTelemetry knows it, exactly. */
  String key();

  /** The values that may leave, for people; others are absent. */
  String allowed();

  /** How many different values to expect. */
  String cardinality();

  /** What it says. */
  String meaning();
}
