package dev.modgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;

/** What is true or false of a number of the SDK's own metrics. */
// Its fields never change; their types just do not say so by an annotation.
@SuppressWarnings("ImmutableEnumChecker")
public enum MetricFlag implements AllowedAttribute {
  SUCCESS("success", "Whether the collector took them."),
  DROPPED("dropped", "Whether the queue was full.");

  private final AttributeKey<Boolean> otel;
  private final String meaning;

  MetricFlag(String key, String meaning) {
    this.otel = AttributeKey.booleanKey(key);
    this.meaning = meaning;
  }

  @Override
  public String key() {
    return otel.getKey();
  }

  @Override
  public String allowed() {
    return "`true`, `false`";
  }

  @Override
  public String cardinality() {
    return "2";
  }

  @Override
  public String meaning() {
    return meaning;
  }

  AttributeKey<Boolean> otel() {
    return otel;
  }
}
