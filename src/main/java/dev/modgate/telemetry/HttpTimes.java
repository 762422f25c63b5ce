package dev.modgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long requests took, here and at mirrors. A measurement that is made inside a sampled span
 * leads to its trace, as an exemplar.
 */
public final class HttpTimes {

  /** opentelemetry.io/docs/specs/semconv/http/http-metrics: the buckets, in seconds. */
  private static final List<Double> BUCKETS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

  private final DoubleHistogram server;
  private final DoubleHistogram client;
  private final Tally<String> active = new Tally<>(HttpTimes::ofMethod);
  private final Tally<Find> finds = new Tally<>(HttpTimes::ofFind);
  private final Tally<String> served = new Tally<>(HttpTimes::ofRoute);

  /** Labels that were made before: methods, routes and statuses are few. */
  private final Map<Answered, Attributes> known = new ConcurrentHashMap<>();

  HttpTimes(Meter meter, Metrics metrics) {
    this.server = histogram(meter, Instrument.SERVER_DURATION);
    this.client = histogram(meter, Instrument.CLIENT_DURATION);
    var _ =
        meter
            .upDownCounterBuilder(Instrument.SERVER_ACTIVE.text())
            .setUnit(Instrument.SERVER_ACTIVE.unit())
            .setDescription(Instrument.SERVER_ACTIVE.meaning())
            .buildWithCallback(active::observe);
    metrics.counters(Instrument.ANSWERS, finds::observe);
    metrics.counters(Instrument.SERVED_IO, served::observe);
  }

  private static DoubleHistogram histogram(Meter meter, Instrument instrument) {
    return meter
        .histogramBuilder(instrument.text())
        .setUnit(instrument.unit())
        .setDescription(instrument.meaning())
        .setExplicitBucketBoundariesAdvice(BUCKETS)
        .build();
  }

  private record Find(String route, String cache) {}

  private record Answered(String method, String route, int status) {}

  /**
   * A request has been answered.
   *
   * @param method GET, HEAD or _OTHER
   * @param route empty if it was turned away before it was parsed
   * @param bytes of the body
   * @param within what the time is spent in
   */
  void answered(String method, String route, int status, long nanos, long bytes, Context within) {
    Attributes labels = known.computeIfAbsent(new Answered(method, route, status), this::labels);
    server.record(nanos / 1e9, labels, within);
    if (bytes > 0 && !route.isEmpty()) {
      served.add(route, bytes);
    }
  }

  private Attributes labels(Answered answered) {
    AttributesBuilder labels = Attributes.builder();
    labels.put(TextAttribute.HTTP_REQUEST_METHOD.otel(), answered.method);
    labels.put(TextAttribute.URL_SCHEME.otel(), "http");
    put(labels, NumberAttribute.HTTP_RESPONSE_STATUS_CODE.otel(), answered.status);
    if (!answered.route.isEmpty()) {
      labels.put(TextAttribute.HTTP_ROUTE.otel(), answered.route);
    }
    if (answered.status >= 500) {
      labels.put(TextAttribute.ERROR_TYPE.otel(), String.valueOf(answered.status));
    }
    return labels.build();
  }

  /** One more request is being answered, or one fewer. */
  void active(String method, int change) {
    active.add(method, change);
  }

  private static Attributes ofMethod(String method) {
    return Attributes.of(
        TextAttribute.HTTP_REQUEST_METHOD.otel(), method, TextAttribute.URL_SCHEME.otel(), "http");
  }

  /** Content was found. */
  void found(String route, String cache) {
    finds.add(new Find(route, cache), 1);
  }

  private static Attributes ofRoute(String route) {
    return Attributes.of(TextAttribute.HTTP_ROUTE.otel(), route);
  }

  private static Attributes ofFind(Find find) {
    return Attributes.of(
        TextAttribute.HTTP_ROUTE.otel(), find.route, TextAttribute.CACHE.otel(), find.cache);
  }

  /**
   * A mirror has been asked.
   *
   * @param url of the mirror
   * @param status of its answer; empty if there was none
   * @param errorType as {@link TextAttribute#ERROR_TYPE}
   */
  void asked(URI url, Optional<Integer> status, Optional<String> errorType, long nanos) {
    AttributesBuilder labels = Attributes.builder();
    labels.put(TextAttribute.HTTP_REQUEST_METHOD.otel(), "GET");
    labels.put(TextAttribute.SERVER_ADDRESS.otel(), String.valueOf(url.getHost()));
    put(labels, NumberAttribute.SERVER_PORT.otel(), port(url));
    status.ifPresent(code -> put(labels, NumberAttribute.HTTP_RESPONSE_STATUS_CODE.otel(), code));
    errorType.ifPresent(type -> labels.put(TextAttribute.ERROR_TYPE.otel(), type));
    client.record(nanos / 1e9, labels.build());
  }

  static long port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return url.getScheme().equals("https") ? 443 : 80;
  }

  private static void put(AttributesBuilder labels, AttributeKey<Long> key, long value) {
    labels.put(key, Long.valueOf(value));
  }
}
