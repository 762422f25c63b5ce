package dev.modgate.it;

import static dev.modgate.it.OtlpJson.attribute;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gate, its telemetry and the real back ends behind it: what was sent is read back through their
 * own query APIs. {@code otel/tools} installs them; without them nothing here is checked, and it
 * says so.
 */
final class BackendsIT {

  private static final Path DASHBOARDS = Path.of("otel", "dashboards");

  /** A secret in forms that modgate itself would never let out. */
  private static final String CANARY = "q7Zr81canary";

  @TempDir static Path folder = Path.of("set by JUnit");

  private static Optional<BackendsScene> started = Optional.empty();

  /** A check that needs the back ends. */
  private interface Check {
    void on(BackendsScene scene) throws Exception;
  }

  private static void check(Check check) throws Exception {
    if (started.isPresent()) {
      check.on(started.get());
    }
  }

  @BeforeAll
  static void start() throws Exception {
    Optional<String> missing = BackendsScene.missing();
    if (missing.isPresent()) {
      notChecked("traces, dashboards and the Collector's redaction in back ends", missing.get());
    } else {
      started = Optional.of(BackendsScene.start(folder));
    }
  }

  private static void notChecked(String what, String missing) {
    System.err.printf(
        "BackendsIT: NOT checked: %s; not there: %s (otel/tools %s)%n", what, missing, missing);
  }

  @AfterAll
  static void stop() {
    started.ifPresent(BackendsScene::close);
  }

  @Test
  void firstFetchOfAZip_isReadBackFromZipkin_withEachStepBelowItsRequest() throws Exception {
    check(scene -> {
      FakeModule module = scene.world().publish("backends.test/cold@v1.0.0");
      HttpResponse<String> answer =
          scene.backends().get(scene.gate().url() + module.base() + ".zip");
      String trace = answer.headers().firstValue("Modgate-Trace").orElseThrow();

      List<Json> spans = scene.backends().spans(trace, 8);

      for (String step : List.of("wait", "attempt", "lookup", "verify", "hash", "prove", "store")) {
        named(spans, step);
      }
      Json request = named(spans, "get /{module}/@v/{version}.zip");
      Map<String, String> tags = request.at("tags").texts();
      assertEquals("backends.test/cold", tags.get("modgate.module"));
      assertEquals("proven", tags.get("modgate.verdict"));
      assertEquals("miss", tags.get("modgate.cache"));
      String verified = answer.headers().firstValue("Modgate-Verified").orElseThrow();
      assertTrue(verified.startsWith(tags.get("modgate.h1") + ";"), verified);
      for (Json span : spans) {
        assertEquals("modgate", span.at("localEndpoint", "serviceName").text());
        assertEquals(request, root(span, spans), span.toString());
        assertFalse(isRedacted(span), "nothing was left to take off");
      }
    });
  }

  /** True if the Collector took something off the span, or masked it. */
  private static boolean isRedacted(Json span) {
    return span.at("tags").texts().keySet().stream().anyMatch(key -> key.startsWith("redaction."));
  }

  private static Json named(List<Json> spans, String name) {
    return spans.stream()
        .filter(span -> span.at("name").text().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + spans));
  }

  private static Json root(Json span, List<Json> spans) {
    String parent = span.at("parentId").text();
    return spans.stream()
        .filter(other -> other.at("id").text().equals(parent))
        .findFirst()
        .map(found -> root(found, spans))
        .orElse(span);
  }

  @Test
  void aStrangersSpan_isRedactedOnceMore() throws Exception {
    check(scene -> {
      String sent = strangersSpan("a".repeat(31) + "1").body();
      assertEquals(1 + 7, sent.split(CANARY, -1).length, "in seven places");
      assertEquals(200, scene.backends().send(scene.collector(), sent));

      Json span = scene.backends().spans("a".repeat(31) + "1", 1).getFirst();

      Map<String, String> tags = span.at("tags").texts();
      assertEquals("liar", tags.get("modgate.mirror"), "what is allowed stays: " + tags);
      for (String listed : List.of("modgate.module", "modgate.rule", "modgate.version")) {
        assertTrue(tags.getOrDefault(listed, "").contains("****"), listed + ": " + tags);
      }
      assertFalse(tags.containsKey("http.request.header.cookie"), tags.toString());
      assertTrue(isRedacted(span), tags.toString());
      String all = scene.backends().trace("a".repeat(31) + "1");
      assertTrue(all.contains("liar"), "it is the answer that is searched");
      assertFalse(all.contains(CANARY), all);
    });
  }

  /** A secret in an attribute that is not listed, in listed ones, in a status, and in an event. */
  private static OtlpJson strangersSpan(String trace) {
    String more =
        """
        "status":{"message":"%s"},"traceState":"v=%s",
        "events":[{"timeUnixNano":"%d000000","name":"exception","attributes":[%s]}],
        """
            .formatted(
                CANARY, CANARY, System.currentTimeMillis(), attribute("exception.message", CANARY));
    return new OtlpJson(
        trace,
        1,
        more,
        List.of(
            attribute("modgate.mirror", "liar"),
            attribute("http.request.header.cookie", CANARY),
            attribute("modgate.module", "https://user:" + CANARY + "@host.test/m"),
            attribute("modgate.rule", "Bearer " + CANARY),
            attribute("modgate.version", "ghp_" + CANARY)));
  }

  @Test
  void samplingOfNothing_keepsWhatIsRefusedFailedOrSlow() throws Exception {
    check(scene -> {
      Backends backends = scene.backends();
      Backends.Collector strict = backends.collector("strict", 0);
      List<String> proven = List.of(attribute("modgate.verdict", "proven"));
      List<String> denied = List.of(attribute("modgate.verdict", "refused"));
      String id = "b".repeat(31);
      backends.send(strict, new OtlpJson(id + "1", 10, "", proven).body());
      backends.send(strict, new OtlpJson(id + "2", 10, "", denied).body());
      backends.send(strict, new OtlpJson(id + "3", 10, "\"status\":{\"code\":2},", proven).body());
      backends.send(strict, new OtlpJson(id + "4", 1500, "", proven).body());
      backends.send(scene.collector(), new OtlpJson(id + "5", 10, "", proven).body());

      for (String kept : List.of("2", "3", "4", "5")) {
        assertEquals(1, backends.spans(id + kept, 1).size(), kept);
      }
      assertFalse(backends.hasTrace(id + "1"));
    });
  }

  @Test
  void jaeger_hasTheTrace_andItsMonitorHasTheTimes() throws Exception {
    if (Backends.tool("jaeger").isEmpty()) {
      notChecked("otel/jaeger.yaml", "jaeger");
      return;
    }
    check(scene -> {
      Backends.Jaeger jaeger = scene.backends().jaeger();
      String trace = "c".repeat(31) + "1";
      List<String> refused = List.of(attribute("modgate.verdict", "refused"));
      scene.backends().send(jaeger.collector(), new OtlpJson(trace, 10, "", refused).body());

      Json span = scene.backends().spans(jaeger, trace).getFirst();

      assertEquals("request", span.at("operationName").text());
      FakeModule module = scene.world().publish("backends.test/monitored@v1.0.0");
      scene.backends().get(scene.gate().url() + module.base() + ".zip");
      List<Json> monitored = scene.backends().monitor(jaeger, "modgate");
      assertFalse(monitored.isEmpty());
    });
  }

  @Test
  void everyPanelAndRule_ofALiveGate_hasData_andExemplarsLeadToTraces() throws Exception {
    check(scene -> {
      scene.traffic();
      List<String> empty = new ArrayList<>();
      for (String board : List.of("modgate", "spans")) {
        List<String> expressions = expressions(board);
        assertTrue(expressions.size() >= 6, board);
        for (String expression : expressions) {
          if (scene.backends().query(runnable(expression)).isEmpty()) {
            empty.add(expression);
          }
        }
      }
      assertEquals(List.of(), empty, "without data");
      assertTrue(scene.backends().now("modgate_made_up").isEmpty());
      assertExemplarLeadsToTrace(scene.backends());
      assertRulesAreHealthy(scene.backends());
    });
  }

  /** As Grafana fills it in. */
  private static String runnable(String expression) {
    return expression.replace("$instance", ".*").replace("$__rate_interval", "1m");
  }

  private static List<String> expressions(String board) throws IOException {
    return Json.parse(Files.readString(DASHBOARDS.resolve(board + ".json")))
        .at("panels")
        .items()
        .stream()
        .flatMap(panel -> Stream.concat(Stream.of(panel), panel.at("panels").items().stream()))
        .flatMap(panel -> panel.at("targets").items().stream())
        .map(target -> target.at("expr").text())
        .toList();
  }

  private static void assertExemplarLeadsToTrace(Backends backends) throws Exception {
    String times = "http_server_request_duration_seconds_bucket{job=\"modgate\"}";
    String trace = backends.exemplars(times).getLast().at("labels", "trace_id").text();
    assertFalse(backends.spans(trace, 1).isEmpty(), trace);
  }

  private static void assertRulesAreHealthy(Backends backends) throws Exception {
    List<Json> rules =
        backends.rules().stream().flatMap(group -> group.at("rules").items().stream()).toList();
    assertTrue(rules.size() >= 12, rules.toString());
    for (Json rule : rules) {
      assertEquals("ok", rule.at("health").text(), rule.toString());
    }
  }

  @Test
  void configurations_areValid_byTheProgramsThemselves() throws Exception {
    check(_ -> {
      String otelcol = Backends.tool("collector").orElseThrow();
      Path collector = Path.of("otel", "collector.yaml");
      run(0, otelcol, "validate", "--config", collector.toString());
      String promtool = Backends.tool("promtool").orElseThrow();
      run(0, promtool, "check", "config", "otel/prometheus.yml");
      String broken = Files.readString(collector).replace("allowed_keys:", "permitted_keys:");
      Path planted = Files.writeString(folder.resolve("broken.yaml"), broken);
      run(1, otelcol, "validate", "--config", planted.toString());
    });
  }

  @Test
  void dashboards_areWhatTheirProgramWrites() throws Exception {
    Optional<String> python = Backends.tool("python");
    if (python.isEmpty()) {
      notChecked("that otel/dashboards/*.json are what their program writes", "python");
      return;
    }
    run(0, python.get(), "otel/dashboards/dashboards.py", folder.toString());
    for (String board : List.of("modgate.json", "spans.json")) {
      assertEquals(
          Files.readString(folder.resolve(board)),
          Files.readString(DASHBOARDS.resolve(board)),
          "$(otel/tools --path python) otel/dashboards/dashboards.py");
    }
  }

  private static void run(int expected, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(expected, process.waitFor(), output);
  }
}
