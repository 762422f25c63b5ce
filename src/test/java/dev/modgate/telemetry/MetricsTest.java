package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.chain.Health;
import dev.modgate.chain.MirrorReport;
import dev.modgate.edge.RequestObserver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
final class MetricsTest {

  private static final MirrorReport CORP =
      new MirrorReport(
          "corp",
          Health.SUSPECT,
          new MirrorReport.Breaker("HALF_OPEN", 12.5, -1, 9, Map.of("OPEN", 2L)),
          Optional.of(
              new MirrorReport.Quantiles(
                  Duration.ofMillis(20), Duration.ofMillis(150), Duration.ofSeconds(2))),
          7,
          3,
          2,
          4096,
          Optional.of("no connection"),
          1,
          Optional.empty());

  private static final Path DOCUMENT = Path.of("otel", "metrics.md");
  private static final String BEGIN = "<!-- metrics -->";
  private static final String END = "<!-- /metrics -->";

  private final Telemetry telemetry = Telemetry.start(Map.of(), "1.2.3").orThrow();

  @BeforeEach
  void measure() {
    telemetry.metrics().mirrors(() -> List.of(CORP));
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void page_mirror_hasItsHealthBreakerTimesAndCounts() {
    assertHas("modgate_mirror_health{mirror=\"corp\",state=\"suspect\"} 1.0");
    assertHas("modgate_mirror_health{mirror=\"corp\",state=\"healthy\"} 0.0");
    assertHas("resilience4j_circuitbreaker_state{name=\"corp\",state=\"half_open\"} 1.0");
    assertHas("resilience4j_circuitbreaker_state{name=\"corp\",state=\"closed\"} 0.0");
    assertHas("modgate_mirror_first_byte_seconds{mirror=\"corp\",quantile=\"0.5\"} 0.02");
    assertHas("modgate_mirror_first_byte_seconds{mirror=\"corp\",quantile=\"0.95\"} 0.15");
    assertHas("modgate_mirror_first_byte_seconds{mirror=\"corp\",quantile=\"0.99\"} 2.0");
    assertHas("modgate_mirror_requests_total{mirror=\"corp\",outcome=\"answered\"} 7.0");
    assertHas("modgate_mirror_requests_total{mirror=\"corp\",outcome=\"failed\"} 3.0");
    assertHas("modgate_mirror_io_bytes_total{mirror=\"corp\"} 4096.0");
    assertHas("modgate_mirror_condemned{mirror=\"corp\"} 1.0");
  }

  @Test
  void page_breaker_hasTheNamesOfResilience4j() {
    assertHas("resilience4j_circuitbreaker_failure_rate{name=\"corp\"} 12.5");
    assertHas("resilience4j_circuitbreaker_slow_call_rate{name=\"corp\"} -1.0");
    assertHas("resilience4j_circuitbreaker_not_permitted_calls_total{name=\"corp\"} 9.0");
    assertHas("modgate_breaker_transitions_total{name=\"corp\",state=\"open\"} 2.0");
    assertHas("modgate_mirror_retries_total{mirror=\"corp\"} 2.0");
  }

  @Test
  void page_gaugeAndCounter_areReadWhenAsked() {
    telemetry.metrics().gauge(Instrument.QUARANTINE_PIECES, () -> 5);
    telemetry.metrics().counter(Instrument.AUDIT_LOST, () -> 6);
    assertHas("modgate_quarantine_pieces 5.0");
    assertHas("modgate_audit_lost_total 6.0");
  }

  @Test
  void gauge_ofACounter_isABug() {
    assertThrows(
        IllegalArgumentException.class,
        () -> telemetry.metrics().gauge(Instrument.AUDIT_LOST, () -> 1));
  }

  @Test
  void page_words_haveANumberEach() {
    telemetry.metrics().gauges(Instrument.MIRRORS, MetricLabel.STATE, () -> Map.of("usable", 2L));
    telemetry
        .metrics()
        .counters(Instrument.DECISIONS, MetricLabel.VERDICT, () -> Map.of("proven", 3L));
    assertHas("modgate_mirrors{state=\"usable\"} 2.0");
    assertHas("modgate_decisions_total{verdict=\"proven\"} 3.0");
  }

  @Test
  void page_messages_stayInside() {
    assertFalse(text().contains("no connection"));
  }

  @Test
  void page_requests_areMeasuredByRouteAndStatus() {
    TracedRequests requests = new TracedRequests(telemetry.serverSpans(), telemetry.httpTimes());
    requests.begin("GET", "/{module}/@v/list", Optional.empty(), Optional.empty()).end(503, 20);
    requests.turnedAway("POST", 405, Duration.ofMillis(3));
    assertHas(
        "http_server_request_duration_seconds_count{error_type=\"503\","
            + "http_request_method=\"GET\",http_response_status_code=\"503\","
            + "http_route=\"/{module}/@v/list\",url_scheme=\"http\"} 1");
    assertHas(
        "http_server_request_duration_seconds_bucket{http_request_method=\"_OTHER\","
            + "http_response_status_code=\"405\",url_scheme=\"http\",le=\"0.005\"} 1");
    assertHas("modgate_served_io_bytes_total{http_route=\"/{module}/@v/list\"} 20.0");
    assertHas("http_server_active_requests{http_request_method=\"GET\",url_scheme=\"http\"} 0.0");
  }

  @Test
  void page_attempts_areMeasuredByMirror() {
    telemetry
        .httpTimes()
        .asked(
            URI.create("https://mirror.example/base"),
            Optional.empty(),
            Optional.of("timeout"),
            Duration.ofSeconds(2).toNanos());
    assertHas(
        "http_client_request_duration_seconds_sum{error_type=\"timeout\","
            + "http_request_method=\"GET\",server_address=\"mirror.example\","
            + "server_port=\"443\"} 2.0");
  }

  /** Only OpenMetrics has them, and only who exports traces can follow them. */
  @Test
  void page_openMetrics_leadsToTheTrace() {
    Map<String, String> environment =
        Map.of(
            "OTEL_TRACES_EXPORTER",
            "otlp",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:1",
            "OTEL_METRICS_EXPORTER",
            "none");
    try (Telemetry sampled = Telemetry.start(environment, "1").orThrow()) {
      RequestObserver.Observation request =
          new TracedRequests(sampled.serverSpans(), sampled.httpTimes())
              .begin("GET", "/{module}/@latest", Optional.empty(), Optional.empty());
      request.end(200, 1);
      Metrics.Page page =
          sampled
              .metrics()
              .page(Optional.of("application/openmetrics-text; version=1.0.0,text/plain;q=0.5"));
      assertTrue(page.contentType().startsWith("application/openmetrics-text"));
      assertTrue(page.text().contains("trace_id=\"" + request.traceId() + "\""), page.text());
      assertFalse(sampled.metrics().page(Optional.of("text/plain")).text().contains("trace_id"));
    }
  }

  /** {@code mvn test -Dtest=MetricsTest -Ddocs.apply=true} writes it anew. */
  @Test
  void document_asCommitted_listsEveryMetric() throws IOException {
    String committed = Files.readString(DOCUMENT);
    int begin = committed.indexOf(BEGIN) + BEGIN.length();
    String expected =
        committed.substring(0, begin) + table() + committed.substring(committed.indexOf(END));
    if (Boolean.getBoolean("docs.apply")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertEquals(
        expected, Files.readString(DOCUMENT), "mvn test -Dtest=MetricsTest -Ddocs.apply=true");
  }

  /** What the document calls them is what Prometheus reads. */
  @Test
  void document_names_areThoseOfThePage() {
    Set<String> real = names(Pattern.compile("^# TYPE (\\S+) ", Pattern.MULTILINE), text());
    real.remove("target_info");
    Set<String> documented =
        Arrays.stream(Instrument.values())
            .map(MetricsTest::prometheusName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(documented.containsAll(real), documented + " lacks some of " + real);
    assertTrue(real.size() > 10, real::toString);
  }

  private static String table() {
    StringBuilder table = new StringBuilder("\n\n| metric | type | unit | labels | meaning |\n");
    table.append("|---|---|---|---|---|\n");
    for (Instrument instrument : Instrument.values()) {
      table.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  prometheusName(instrument),
                  instrument.kind() == Instrument.Kind.LEVEL
                      ? "gauge"
                      : instrument.kind().name().toLowerCase(Locale.ROOT),
                  instrument.unit().replaceAll("[{}]", ""),
                  instrument.labels().stream()
                      .map(label -> "`" + label.key().replace('.', '_') + "`")
                      .collect(Collectors.joining(", ")),
                  instrument.meaning()));
    }
    table.append("\n| label | values | how many |\n|---|---|---|\n");
    Arrays.stream(Instrument.values())
        .flatMap(instrument -> instrument.labels().stream())
        .distinct()
        .forEach(label ->
            table.append(
                "| `%s` | %s | %s |\n"
                    .formatted(
                        label.key().replace('.', '_'), label.allowed(), label.cardinality())));
    return table.append('\n').toString();
  }

  /** As OpenTelemetry's exporter makes it of name, unit and type. */
  private static String prometheusName(Instrument instrument) {
    String unit =
        switch (instrument.unit()) {
          case "s" -> "_seconds";
          case "By" -> "_bytes";
          default -> "";
        };
    String total = instrument.kind() == Instrument.Kind.COUNTER ? "_total" : "";
    return instrument.text().replace('.', '_') + unit + total;
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String text() {
    return telemetry.metrics().page(Optional.empty()).text();
  }

  private void assertHas(String line) {
    String text = text();
    assertTrue(text.lines().anyMatch(line::equals), line + " is not in\n" + text);
  }
}
