package dev.modgate.telemetry;

import static dev.modgate.telemetry.TextRule.lettersDigitsAnd;
import static dev.modgate.telemetry.TextRule.oneOf;
import static dev.modgate.telemetry.TextRule.text;

/**
 * What metrics have besides the attributes of spans: names that the operator gave, and words of a
 * fixed set. None holds the name of a module, of a client or of a build.
 */
// Its fields never change; their types just do not say so by an annotation.
@SuppressWarnings("ImmutableEnumChecker")
public enum MetricLabel implements AllowedText {
  MIRROR(
      "mirror",
      text("letters, digits, `.:#_-`", 255, lettersDigitsAnd(".:#_-")),
      "one per mirror",
      "The configured name of the mirror."),
  /** As Resilience4j's own exporters call it. */
  NAME(
      "name",
      text("letters, digits, `.:#_-`", 255, lettersDigitsAnd(".:#_-")),
      "one per mirror",
      "The mirror that the breaker guards."),
  STATE(
      "state",
      oneOf(
          "healthy",
          "suspect",
          "down",
          "taken_out",
          "closed",
          "open",
          "half_open",
          "disabled",
          "forced_open",
          "metrics_only",
          "usable",
          "unusable"),
      "12",
      "The state that is counted."),
  OUTCOME(
      "outcome", oneOf("answered", "failed"), "2", "How a request ended; absences are answers."),
  QUANTILE("quantile", oneOf("0.5", "0.95", "0.99"), "3", "Of a distribution."),
  VERDICT(
      "verdict",
      text("small letters", 32, c -> c >= 'a' && c <= 'z'),
      "ten",
      "The verdict of an audit line."),
  REASON("reason", oneOf("failed", "unredacted"), "2", "Why a signal was dropped."),
  /** Of the SDK's own metrics. */
  TYPE("type", oneOf("span", "metric", "log"), "3", "The signal."),
  PROCESSOR_TYPE(
      "processorType",
      oneOf("BatchSpanProcessor", "BatchLogRecordProcessor"),
      "2",
      "The part of the SDK.");

  private final Spec spec;

  MetricLabel(String key, TextRule rule, String cardinality, String meaning) {
    this.spec = Spec.of(key, rule, cardinality, meaning);
  }

  @Override
  public Spec spec() {
    return spec;
  }
}
