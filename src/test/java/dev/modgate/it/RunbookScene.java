package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.OtlpCollector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * An operator with a runbook in front of a running gate: a shell with the variables that the
 * runbooks ask for, and a collector that gets the gate's spans. The gate asks the mirror {@code
 * liar} first, then {@code honest}, which alone relays the log.
 */
final class RunbookScene implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  final HermeticWorld world;
  private final Runbook runbook;
  private final Path folder;
  private final Path data;
  private final Path config;
  private final OtlpCollector collector = new OtlpCollector();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, String> variables = new HashMap<>();
  private ModgateProcess gate;
  private int published;

  /**
   * Starts the gate and lets it serve one module.
   *
   * @param window calls after which the breaker of {@code honest} judges
   */
  RunbookScene(Runbook runbook, Path folder, int window) throws IOException, InterruptedException {
    this.runbook = runbook;
    this.folder = folder;
    this.world = new HermeticWorld(folder);
    this.data = Files.createDirectories(folder.resolve("data"));
    this.config = Files.writeString(folder.resolve("modgate.yaml"), configuration(window));
    Files.writeString(
        folder.resolve("modgate"), "exec '" + String.join("' '", command()) + "' \"$@\"\n");
    assertTrue(folder.resolve("modgate").toFile().setExecutable(true));
    variables.put("MIRROR", "liar");
    mirrorUrl(world.liar);
    variables.put("LOG", HermeticWorld.DATABASE);
    variables.put("DATA", data.toString());
    variables.put("CONFIG", config.toString());
    variables.put("USER", "operator");
    this.gate = start();
    assertEquals(200, fetch(publish(), ".zip"));
  }

  private String configuration(int window) {
    return """
    goproxy: liar|honest
    order: listed
    hedge: {enabled: false}
    sumdb: ["%s"]
    mirrors:
      liar:
        url: http://127.0.0.1:%d
        timeouts: {first-byte: 1m}
        breaker: {window: 2, open: 3s, half-open-calls: 1, slow-call: 1m}
        health: {failures: 1000}
      honest:
        url: http://127.0.0.1:%d
        timeouts: {first-byte: 1m}
        breaker: {window: %d, open: 3s, half-open-calls: 1, slow-call: 1m}
        health: {failures: 1000}
    """
        .formatted(world.log.keyText(), world.liar.port(), world.honest.port(), window);
  }

  private static List<String> command() {
    return ModgateProcess.command().stream()
        .map(word -> word.endsWith(".jar") ? Path.of(word).toAbsolutePath().toString() : word)
        .toList();
  }

  private ModgateProcess start() throws IOException {
    ModgateProcess started =
        ModgateProcess.serve(
            data,
            config,
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.endpoint(),
                "OTEL_BSP_SCHEDULE_DELAY",
                "100"));
    variables.put("ADMIN", started.admin());
    variables.put("URL", started.url());
    return started;
  }

  void restart() throws IOException {
    gate.close();
    gate = start();
  }

  Path data() {
    return data;
  }

  void mirrorUrl(WireMockServer mirror) {
    variables.put("MIRROR_URL", "http://127.0.0.1:" + mirror.port());
  }

  /** A module that the gate has never heard of. */
  FakeModule publish() {
    return world.publish("runbook.test/m" + ++published + "@v1.0.0");
  }

  /** The status. */
  int fetch(FakeModule module, String kind) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gate.url() + module.base() + kind))
            .timeout(PATIENCE)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** There is no fault yet: nothing confirms it. */
  void assertQuiet() throws Exception {
    assertConfirms(false);
    assertFalse(isTraced(), "before the fault the search finds spans");
  }

  /**
   * The fault is there: everything confirms it, nothing says that it is over.
   *
   * @param traffic what clients do meanwhile
   */
  void assertFaulty(Step traffic) throws Exception {
    List<String> confirm = runbook.scripts(Runbook.CONFIRM);
    until(traffic, () -> confirm.stream().allMatch(this::succeeds) && isTraced());
    assertConfirms(true);
    assertEquals(Set.of(), missing(), "what the alert reads is there");
    for (String command : runbook.commands(Runbook.OVER)) {
      check(false, command);
    }
  }

  /**
   * The fault is mended: it is over, and nothing confirms it any more.
   *
   * @param traffic what clients do meanwhile
   */
  void assertOver(Step traffic) throws Exception {
    List<String> over = runbook.commands(Runbook.OVER);
    until(traffic, () -> over.stream().allMatch(this::succeeds));
    assertConfirms(false);
  }

  private void assertConfirms(boolean expected) throws Exception {
    List<String> scripts = runbook.scripts(Runbook.CONFIRM);
    assertFalse(scripts.isEmpty());
    for (String script : scripts) {
      check(expected, script);
    }
  }

  /** What the operator does, line by line; each must go well. */
  void act() throws Exception {
    List<String> scripts = runbook.scripts(Runbook.WHAT_TO_DO);
    assertFalse(scripts.isEmpty());
    for (String script : scripts) {
      Ran ran = run(script);
      assertEquals(0, ran.exit(), script + "\n" + ran);
    }
  }

  /** Metrics that the alert reads and that Prometheus would not find. */
  private Set<String> missing() throws IOException, InterruptedException {
    Set<String> missing = new TreeSet<>(Runbook.metrics(runbook.expression()));
    missing.removeAll(metrics());
    return missing;
  }

  /** Waits until the collector has got something. */
  void awaitSpans() throws InterruptedException {
    collector.awaitRequest();
  }

  /** The names of the samples that Prometheus would get. */
  Set<String> metrics() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(gate.admin() + "/metrics")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofLines())
        .body()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isTraced() {
    Runbook.Search search = runbook.search().with("MIRROR", "liar");
    return collector.bodies("/v1/traces").stream()
        .flatMap(body -> ExportedSpan.in(body).stream())
        .anyMatch(search::finds);
  }

  private void check(boolean expected, String script) throws Exception {
    Ran ran = run(script);
    if (ran.saysYes() != expected) {
      String words = expected ? "yes, but it said no" : "no, but it said yes";
      fail("expected " + words + "\n" + script + "\n" + ran + "\n" + gate.output());
    }
  }

  private boolean succeeds(String script) {
    try {
      return run(script).saysYes();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the runbooks say: it goes well and prints something, or the answer is no. */
  private record Ran(int exit, String output, String errors) {
    boolean saysYes() {
      return exit == 0 && !output.isBlank();
    }
  }

  private Ran run(String script) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
            .directory(folder.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(variables);
    builder.environment().put("MODULE", publish().version().toString());
    builder.environment().put("TMPDIR", Files.createTempDirectory(folder, "tmp").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), script);
    return new Ran(process.exitValue(), output, Files.readString(errors));
  }

  /** Something that clients do. */
  interface Step {
    void run() throws Exception;
  }

  /** Something that comes true. */
  interface Condition {
    boolean holds() throws Exception;
  }

  private void until(Step step, Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    do {
      step.run();
      if (condition.holds()) {
        return;
      }
      Thread.sleep(50);
    } while (System.nanoTime() < end);
    fail(runbook.name() + " does not come about within " + PATIENCE + "\n" + answers());
  }

  /** What every command says now, and the gate. */
  private String answers() throws IOException, InterruptedException {
    StringBuilder all = new StringBuilder("traced: " + isTraced());
    for (Runbook.Block block : runbook.blocks()) {
      if (block.language().equals("sh")) {
        all.append("\n\n").append(block.content()).append("\n").append(run(block.content()));
      }
    }
    return all.append("\n\n").append(gate.output()).toString();
  }

  @Override
  public void close() {
    gate.close();
    collector.close();
    world.close();
  }
}
