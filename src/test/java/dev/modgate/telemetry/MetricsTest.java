package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.chain.Health;
import dev.modgate.chain.MirrorReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
          "HALF_OPEN",
          Optional.of(
              new MirrorReport.Quantiles(
                  Duration.ofMillis(20), Duration.ofMillis(150), Duration.ofSeconds(2))),
          7,
          3,
          4096,
          Optional.of("no connection"),
          1,
          Optional.empty());

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
  void prometheus_mirror_hasItsHealthBreakerTimesAndCounts() {
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
  void prometheus_gaugeAndCounter_areReadWhenAsked() {
    telemetry.metrics().gauge("modgate.test.pieces", "{piece}", "Pieces.", () -> 5);
    telemetry.metrics().counter("modgate.test.lost", "{line}", "Lines.", () -> 6);
    assertHas("modgate_test_pieces 5.0");
    assertHas("modgate_test_lost_total 6.0");
  }

  @Test
  void prometheus_words_haveANumberEach() {
    telemetry
        .metrics()
        .gauges("modgate.test.mirrors", "{mirror}", "Mirrors.", "state", () -> Map.of("up", 2L));
    telemetry
        .metrics()
        .counters("modgate.test.lines", "{line}", "Lines.", "verdict", () -> Map.of("told", 3L));
    assertHas("modgate_test_mirrors{state=\"up\"} 2.0");
    assertHas("modgate_test_lines_total{verdict=\"told\"} 3.0");
  }

  @Test
  void prometheus_messages_stayInside() {
    assertFalse(telemetry.metrics().prometheus().contains("no connection"));
  }

  /** Gauges of the gateway are made there; those of mirrors are all in the document. */
  @Test
  void document_namesEveryMetricOfMirrors() throws IOException {
    String document = Files.readString(Path.of("otel/metrics.md"));
    Set<String> documented =
        names(Pattern.compile("^\\| `([a-z0-9_]+)` ", Pattern.MULTILINE), document);
    Set<String> real =
        names(
            Pattern.compile("^# TYPE (\\S+) ", Pattern.MULTILINE),
            telemetry.metrics().prometheus());
    real.remove("target_info");
    assertTrue(documented.containsAll(real), documented + " lacks some of " + real);
    assertEquals(6, real.size());
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void assertHas(String line) {
    String text = telemetry.metrics().prometheus();
    assertTrue(text.lines().anyMatch(line::equals), line + " is not in\n" + text);
  }
}
