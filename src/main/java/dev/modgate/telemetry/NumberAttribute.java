package dev.modgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;

/** The numbers that may leave on a span. */
// Its fields never change; their types just do not say so by an annotation.
@SuppressWarnings("ImmutableEnumChecker")
public enum NumberAttribute implements AllowedAttribute {
  HTTP_RESPONSE_STATUS_CODE(
      "http.response.status_code", 100, 599, "", "tens", "The status of the answer."),
  HTTP_REQUEST_RESEND_COUNT(
      "http.request.resend_count", 1, 1_000, "", "few", "Which repetition this attempt is."),
  SERVER_PORT("server.port", 1, 65_535, "", "one per mirror", "The port of the other side."),

  TREE_SIZE(
      "modgate.tree.size",
      0,
      Long.MAX_VALUE,
      "records",
      "unbounded",
      "Size of the signed tree that the proof ends in."),
  BYTES(
      "modgate.bytes",
      0,
      Long.MAX_VALUE,
      "bytes",
      "unbounded",
      "Length of the artifact, or of a body.");

  private final AttributeKey<Long> otel;
  private final long min;
  private final long max;
  private final String unit;
  private final String cardinality;
  private final String meaning;

  NumberAttribute(String key, long min, long max, String unit, String cardinality, String meaning) {
    this.otel = AttributeKey.longKey(key);
    this.min = min;
    this.max = max;
    this.unit = unit;
    this.cardinality = cardinality;
    this.meaning = meaning;
  }

  @Override
  public String key() {
    return otel.getKey();
  }

  @Override
  public String allowed() {
    String range = max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
    return unit.isEmpty() ? range : range + " " + unit;
  }

  @Override
  public String cardinality() {
    return cardinality;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  AttributeKey<Long> otel() {
    return otel;
  }

  boolean allows(long value) {
    return min <= value && value <= max;
  }
}
