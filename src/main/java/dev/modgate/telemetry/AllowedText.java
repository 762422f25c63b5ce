package dev.modgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Optional;

/** An attribute whose values are texts. */
sealed interface AllowedText extends AllowedAttribute permits TextAttribute, MetricLabel {

  /** What there is to say of one. */
  record Spec(AttributeKey<String> otel, TextRule rule, String cardinality, String meaning) {
    static Spec of(String key, TextRule rule, String cardinality, String meaning) {
      return new Spec(AttributeKey.stringKey(key), rule, cardinality, meaning);
    }
  }

  Spec spec();

  @Override
  default String key() {
    return otel().getKey();
  }

  @Override
  default String allowed() {
    return spec().rule().allowed();
  }

  @Override
  default String cardinality() {
    return spec().cardinality();
  }

  @Override
  default String meaning() {
    return spec().meaning();
  }

  default AttributeKey<String> otel() {
    return spec().otel();
  }

  /** The value as it may leave, or nothing if it must not. */
  default Optional<String> clean(String value, Scrubber scrubber) {
    return spec().rule().clean(value, scrubber);
  }
}
