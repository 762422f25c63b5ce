package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import dev.modgate.fake.OtlpCollector;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A canary in every place of a metric, against what a collector and a reader get. */
final class MetricRedactorTest {

  private static final SpanContext SAMPLED =
      SpanContext.create(
          "0af7651916cd43dd8448eb211c80319c",
          "b7ad6b7169203331",
          TraceFlags.getSampled(),
          TraceState.builder().put("vendor", "state").build());

  /** Nobody told modgate about this one. */
  private final LeakDetector unknown = LeakDetector.random(new SplittableRandom(31));

  private final RedactionCounts counts = new RedactionCounts();
  private final Scrubber scrubber = new Scrubber(new KnownSecrets());

  /** A live secret that is well-formed as a host name. */
  private final LeakDetector token = new LeakDetector("tok3n.of-the-Mirror.Q7xZ90aBcDeFgH");

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void exportAndRead_canaryInEveryPlace_nothingLeaves(Encoding encoding) throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      KnownSecrets secrets = new KnownSecrets();
      secrets.register(token.canary());
      Map<String, String> environment =
          Map.of(
              "OTEL_METRICS_EXPORTER",
              "otlp",
              "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
              collector.endpoint() + "/v1/metrics");
      List<byte[]> read = new ArrayList<>();
      try (Telemetry telemetry = Telemetry.start(environment, "1.0", secrets).orThrow()) {
        for (MetricSurface surface : MetricSurface.values()) {
          surface.plant(telemetry.sdk().getMeterProvider(), token.encode(encoding));
          // In a text that looks like a host, one that nobody knows is only told by its shape.
          if (surface != MetricSurface.ALLOWED_LABEL) {
            surface.plant(telemetry.sdk().getMeterProvider(), unknown.encode(encoding));
          }
        }
        for (String format : List.of("text/plain", "application/openmetrics-text")) {
          String page = telemetry.metrics().page(Optional.of(format)).text();
          assertTrue(page.contains("http_client_request_duration_seconds_count"), page);
          read.add(page.getBytes(UTF_8));
        }
      }
      assertTrue(text(collector.bodies()).contains("http.client.request.duration"));
      for (LeakDetector detector : List.of(unknown, token)) {
        assertEquals(List.of(), detector.search(collector.bodies()));
        assertEquals(List.of(), detector.search(read));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MetricSurface.class)
  void export_withoutRedaction_everyEncodingIsNoticed(MetricSurface surface) throws IOException {
    for (Encoding encoding : Encoding.values()) {
      if (!surface.canCarry(encoding)) {
        continue;
      }
      try (OtlpCollector collector = new OtlpCollector()) {
        try (SdkMeterProvider open = open(collector)) {
          surface.plant(open, unknown.encode(encoding));
        }
        assertFalse(
            unknown.search(collector.bodies()).isEmpty(),
            () -> encoding + " planted in " + surface + " and not noticed");
      }
    }
  }

  /** An SDK as it would be without this room. */
  private static SdkMeterProvider open(OtlpCollector collector) {
    return SdkMeterProvider.builder()
        .registerMetricReader(
            PeriodicMetricReader.create(
                OtlpHttpMetricExporter.builder()
                    .setEndpoint(collector.endpoint() + "/v1/metrics")
                    .build()))
        .build();
  }

  @Test
  void redact_labelInsideAnExemplar_onlyIdsAndValueRemain() {
    Collected open = new Collected();
    try (SdkMeterProvider meters =
        SdkMeterProvider.builder()
            .registerView(
                InstrumentSelector.builder().setName("*").build(),
                View.builder().setAttributeFilter(Set.of()).build())
            .registerMetricReader(PeriodicMetricReader.create(open))
            .build()) {
      meters
          .get(SpanRedactor.SCOPE)
          .histogramBuilder(Instrument.SERVER_DURATION.text())
          .build()
          .record(
              0.25,
              Attributes.of(AttributeKey.stringKey("url.full"), unknown.canary()),
              Context.root().with(Span.wrap(SAMPLED)));
    }
    assertTrue(exemplar(open.metrics).toString().contains(unknown.canary()), "control");
    List<MetricData> clean = redactor().redact(open.metrics);
    DoubleExemplarData exemplar = exemplar(clean);
    assertTrue(exemplar.getFilteredAttributes().isEmpty());
    assertEquals(0.25, exemplar.getValue());
    assertEquals(SAMPLED.getTraceId(), exemplar.getSpanContext().getTraceId());
    assertTrue(exemplar.getSpanContext().getTraceState().isEmpty());
    assertEquals(new DroppedSpans(0, 0), counts.sum());
  }

  private static DoubleExemplarData exemplar(Collection<MetricData> metrics) {
    HistogramPointData point =
        metrics.iterator().next().getHistogramData().getPoints().iterator().next();
    return point.getExemplars().getFirst();
  }

  @Test
  void redact_anotherName_isDroppedAndCounted() {
    Collected open = new Collected();
    try (SdkMeterProvider meters =
        SdkMeterProvider.builder()
            .registerMetricReader(PeriodicMetricReader.create(open))
            .build()) {
      meters.get("other").counterBuilder("of.another.library").build().add(1);
      meters.get("other").counterBuilder(Instrument.MIRROR_IO.text()).build().add(6);
      meters.get(SpanRedactor.SCOPE).counterBuilder(Instrument.MIRROR_IO.text()).build().add(7);
    }
    List<MetricData> clean = redactor().redact(open.metrics);
    assertEquals(
        List.of(Instrument.MIRROR_IO.text()), clean.stream().map(MetricData::getName).toList());
    assertEquals(7, clean.getFirst().getLongSumData().getPoints().iterator().next().getValue());
    assertEquals(Instrument.MIRROR_IO.meaning(), clean.getFirst().getDescription());
    assertEquals(new DroppedSpans(0, 2), counts.sum());
  }

  @Test
  void redact_nameOfOursInAnotherScope_isDropped() {
    Collected open = new Collected();
    try (SdkMeterProvider meters =
        SdkMeterProvider.builder()
            .registerMetricReader(PeriodicMetricReader.create(open))
            .build()) {
      meters.get("other").counterBuilder(Instrument.MIRROR_IO.text()).build().add(6);
    }
    assertEquals(List.of(), redactor().redact(open.metrics));
    assertEquals(new DroppedSpans(0, 1), counts.sum());
  }

  @Test
  void redact_nameThatComesTwice_theFirstStays() {
    List<MetricData> twice = new ArrayList<>();
    for (long bytes : new long[] {6, 7}) {
      Collected open = new Collected();
      try (SdkMeterProvider meters =
          SdkMeterProvider.builder()
              .registerMetricReader(PeriodicMetricReader.create(open))
              .build()) {
        count(meters, bytes, Attributes.empty());
      }
      twice.addAll(open.metrics);
    }
    assertEquals(6, only(redactor().redact(twice)).getValue());
    assertEquals(new DroppedSpans(0, 1), counts.sum());
  }

  /** Two series that differ in what may not leave would be one series twice. */
  @Test
  void redact_pointsThatBecomeTheSame_oneStays() {
    Collected open = new Collected();
    try (SdkMeterProvider meters =
        SdkMeterProvider.builder()
            .registerMetricReader(PeriodicMetricReader.create(open))
            .build()) {
      for (String user : List.of("one", "other")) {
        count(meters, 7, Attributes.of(AttributeKey.stringKey("user"), user));
      }
    }
    assertEquals(2, open.metrics.getFirst().getLongSumData().getPoints().size(), "control");
    assertEquals(Attributes.empty(), only(redactor().redact(open.metrics)).getAttributes());
  }

  @Test
  void redact_labelsOfEveryKind_stay() {
    Attributes flagged =
        Attributes.of(MetricLabel.TYPE.otel(), "span", MetricFlag.SUCCESS.otel(), true);
    Attributes numbered =
        Attributes.of(
            TextAttribute.SERVER_ADDRESS.otel(),
            "mirror.test",
            NumberAttribute.SERVER_PORT.otel(),
            443L);
    Collected open = new Collected();
    try (SdkMeterProvider meters =
        SdkMeterProvider.builder()
            .registerMetricReader(PeriodicMetricReader.create(open))
            .build()) {
      meters
          .get("io.opentelemetry.any")
          .counterBuilder(Instrument.SDK_EXPORTED.text())
          .build()
          .add(1, flagged);
      meters
          .get(SpanRedactor.SCOPE)
          .histogramBuilder(Instrument.CLIENT_DURATION.text())
          .build()
          .record(1, numbered.toBuilder().put("server.port.of", 443L).build());
    }
    Map<String, Attributes> labels = new HashMap<>();
    redactor()
        .redact(open.metrics)
        .forEach(metric ->
            metric
                .getData()
                .getPoints()
                .forEach(point -> labels.put(metric.getName(), point.getAttributes())));
    assertEquals(
        Map.of(
            Instrument.SDK_EXPORTED.text(), flagged, Instrument.CLIENT_DURATION.text(), numbered),
        labels);
    assertEquals(new DroppedSpans(0, 0), counts.sum());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "z", "served", "abcdefghijklmnopqrstuvwxyzabcdef"})
  void clean_verdictOfSmallLetters_staysTheSame(String verdict) {
    assertEquals(Optional.of(verdict), MetricLabel.VERDICT.clean(verdict, scrubber));
  }

  /** The neighbours of the small letters, and one letter too many. */
  @ParameterizedTest
  @ValueSource(strings = {"", "`", "{", "A", "a-b", "served7", "abcdefghijklmnopqrstuvwxyzabcdefg"})
  void clean_verdictOfAnythingElse_isAbsent(String verdict) {
    assertEquals(Optional.empty(), MetricLabel.VERDICT.clean(verdict, scrubber));
  }

  private MetricRedactor redactor() {
    return new MetricRedactor(scrubber, "1", counts);
  }

  private static void count(SdkMeterProvider meters, long bytes, Attributes labels) {
    meters
        .get(SpanRedactor.SCOPE)
        .counterBuilder(Instrument.MIRROR_IO.text())
        .build()
        .add(bytes, labels);
  }

  /** The only point of the only metric. */
  private static LongPointData only(List<MetricData> metrics) {
    assertEquals(1, metrics.size());
    Collection<LongPointData> points = metrics.getFirst().getLongSumData().getPoints();
    assertEquals(1, points.size());
    return points.iterator().next();
  }

  private static String text(List<byte[]> bodies) {
    StringBuilder text = new StringBuilder();
    bodies.forEach(body -> text.append(new String(body, ISO_8859_1)));
    return text.toString();
  }

  /** Keeps what it is given. */
  private static final class Collected implements MetricExporter {
    private final List<MetricData> metrics = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<MetricData> given) {
      metrics.addAll(given);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
