package dev.modgate.telemetry;

import dev.modgate.fake.LeakDetector.Encoding;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import java.util.List;
import java.util.function.BiConsumer;

/** The places of a metric in which a credential can leave; each plants one there. */
// Each planting is a lambda without state.
@SuppressWarnings("ImmutableEnumChecker")
enum MetricSurface {
  ALLOWED_LABEL((meters, text) ->
      ours(meters)
          .histogramBuilder(Instrument.CLIENT_DURATION.text())
          .build()
          .record(
              1,
              Attributes.of(
                  TextAttribute.SERVER_ADDRESS.otel(),
                  text,
                  TextAttribute.ERROR_TYPE.otel(),
                  text,
                  TextAttribute.HTTP_REQUEST_METHOD.otel(),
                  text))),
  UNKNOWN_LABEL((meters, text) ->
      ours(meters)
          .counterBuilder(Instrument.ANSWERS.text())
          .build()
          .add(
              1,
              Attributes.builder()
                  .put("url.full", text)
                  .put(AttributeKey.stringArrayKey("http.route"), List.of(text))
                  .build())),
  LABEL_KEY((meters, text) ->
      ours(meters)
          .counterBuilder(Instrument.SERVED_IO.text())
          .build()
          .add(1, Attributes.of(AttributeKey.stringKey(text), "value"))),
  METRIC_NAME((meters, text) ->
      ours(meters).counterBuilder("m" + text.replaceAll("[^A-Za-z0-9]", "_")).build().add(1)),
  DESCRIPTION((meters, text) ->
      ours(meters)
          .upDownCounterBuilder(Instrument.SERVER_ACTIVE.text())
          .setDescription(text)
          .build()
          .add(1)),
  UNIT((meters, text) ->
      ours(meters)
          .counterBuilder(Instrument.MIRROR_RETRIES.text())
          .setUnit(text.substring(0, Math.min(63, text.length())))
          .build()
          .add(1)),
  SCOPE_NAME((meters, text) ->
      meters.meterBuilder(text).build().counterBuilder(Instrument.MIRROR_IO.text()).build().add(1)),
  SCOPE_VERSION((meters, text) ->
      meters
          .meterBuilder("other")
          .setInstrumentationVersion(text)
          .build()
          .counterBuilder(Instrument.LOG_REQUESTS.text())
          .build()
          .add(1));

  private final BiConsumer<MeterProvider, String> planting;

  MetricSurface(BiConsumer<MeterProvider, String> planting) {
    this.planting = planting;
  }

  /** Measures something that holds the text here. */
  void plant(MeterProvider meters, String text) {
    planting.accept(meters, text);
  }

  /** Names and units are ASCII of a few kinds, and short. */
  boolean canCarry(Encoding encoding) {
    return switch (this) {
      case UNIT -> encoding == Encoding.PLAIN;
      case METRIC_NAME -> encoding == Encoding.HEX_LOWER || encoding == Encoding.HEX_UPPER;
      default -> true;
    };
  }

  private static Meter ours(MeterProvider meters) {
    return meters.get(SpanRedactor.SCOPE);
  }
}
