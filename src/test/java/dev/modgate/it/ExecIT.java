package dev.modgate.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.OtlpCollector;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that name themselves, with the real go command: by hand, and by {@code modgate exec}. */
final class ExecIT {

  private static final String PARENT = "0af7651916cd43dd8448eb211c80319c";

  private final Path folder;

  private final HermeticWorld world;
  private final FakeModule module;

  ExecIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.world = new HermeticWorld(folder);
    this.module = world.publish("exec.test/m@v1.0.0");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  /** Two builds that name themselves by hand. */
  @Test
  void prefix_ofABuild_tellsItApartAndReachesNobodyElse() throws Exception {
    try (OtlpCollector collector = new OtlpCollector()) {
      Map<String, String> tracing =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.endpoint(),
              "OTEL_BSP_SCHEDULE_DELAY",
              "100");
      String first;
      String second;
      try (ModgateProcess modgate = world.serve("data", "honest", tracing, "")) {
        String context = "00-" + PARENT + "-b7ad6b7169203331-01";
        download("one", modgate.url() + "/~build-one");
        int asked = requests(world.honest).size();
        download("two", modgate.url() + "/~build-two." + context + "/");
        assertEquals(asked, requests(world.honest).size(), "all that the second wants is there");
        first = get(modgate.admin() + "/builds/build-one");
        second = get(modgate.admin() + "/builds/build-two");
        String metrics = get(modgate.admin() + "/metrics");
        assertTrue(metrics.contains("modgate_decisions"), metrics);
        assertFalse(metrics.contains("build-"), metrics);
        assertFalse(get(modgate.admin() + "/status").contains("build-one"));
      }
      assertTrue(first.contains("\"zips\":1,\"goMods\":1,"), first);
      assertTrue(first.contains("\"sources\":{\"honest\":{\"files\":2,"), first);
      assertTrue(second.contains("\"sources\":{\"store\":{\"files\":2,"), second);
      assertTrue(second.contains("\"trace\":\"" + PARENT + "\""), second);
      assertTrue(second.contains("\"proven\":2,\"exempt\":0,"), second);
      assertTrue(second.contains("\"tree\":1,"), second);
      assertNoBuild(requests(world.honest));
      assertNoBuild(files(world.data("data")));
      assertOneTraceEach(collector, first);
      List<String> numbers =
          collector.bodies("/v1/metrics").stream()
              .map(body -> new String(body, ISO_8859_1))
              .toList();
      assertTrue(numbers.stream().anyMatch(text -> text.contains("modgate.decisions")));
      assertTrue(numbers.stream().noneMatch(text -> text.contains("build-")));
      List<String> audit = ModgateProcess.audit(world.data("data"));
      assertTrue(audit.stream().anyMatch(line -> line.contains("\"build\":\"build-one\"")));
      assertTrue(audit.stream().allMatch(line -> line.contains("\"build\":\"build-")));
    }
  }

  /** The gate exports spans; the first exec does so too, the second knows of no collector. */
  @Test
  void exec_besideARunningGate_usesItAndReports() throws Exception {
    try (OtlpCollector collector = new OtlpCollector()) {
      Map<String, String> tracing =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.endpoint(),
              "OTEL_BSP_SCHEDULE_DELAY",
              "100");
      Ran traced;
      Ran plain;
      try (ModgateProcess modgate = world.serve("data", "honest", tracing, "")) {
        Map<String, String> environment = new HashMap<>(tracing);
        environment.put("MODGATE_LISTEN", modgate.url().replace("http://", ""));
        environment.put("MODGATE_ADMIN", modgate.admin().replace("http://", ""));
        environment.put("GOPRIVATE", "corp.test");
        environment.putAll(goEnvironment("traced"));
        String[] download = {"go", "mod", "download", "-x", "exec.test/m@v1.0.0"};
        traced = exec(environment, arguments("job_1", download));
        environment.keySet().removeAll(tracing.keySet());
        environment.putAll(goEnvironment("plain"));
        plain = exec(environment, arguments("job_2", download));
        assertUsed(modgate.url(), "job_1", traced);
        assertUsed(modgate.url(), "job_2", plain);
      }
      assertTrue(traced.err().contains("  from      honest      2 files"), traced.err());
      assertTrue(plain.err().contains("  from      store      2 files"), plain.err());
      assertEquals(Set.of(trace(traced)), traces(collector, "job_1"));
      assertEquals(Set.of(trace(plain)), traces(collector, "job_2"));
      assertEquals(
          List.of(trace(traced)),
          spans(collector).stream()
              .filter(span -> span.operation().equals("build"))
              .map(ExportedSpan::trace)
              .toList());
    }
  }

  private static String[] arguments(String id, String... command) {
    return Stream.concat(Stream.of("--id", id, "--"), Stream.of(command)).toArray(String[]::new);
  }

  private static void assertUsed(String gate, String id, Ran ran) {
    assertEquals(0, ran.exit(), ran.err());
    assertTrue(ran.err().contains("# get " + gate + "/~" + id + ".00-"), ran.err());
    assertTrue(ran.err().contains("  gate      " + gate + "\n"), ran.err());
    assertTrue(ran.err().contains("modgate: build " + id + ": go ended with 0 after "), ran.err());
    assertTrue(ran.err().contains("  served    1 module, 1 go.mod file, "), ran.err());
    assertTrue(
        ran.err().contains("  proven    all 2 files at tree 1 of " + HermeticWorld.DATABASE));
    assertTrue(ran.err().contains("  refused   none\n"), ran.err());
    assertTrue(ran.err().contains("matches GOPRIVATE=corp.test"), ran.err());
  }

  private static Set<String> traces(OtlpCollector collector, String build) {
    return spans(collector).stream()
        .filter(span -> build.equals(span.tags().get("modgate.build")))
        .map(ExportedSpan::trace)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Test
  void exec_withoutARunningGate_startsOneForTheCommand() throws Exception {
    Map<String, String> environment = goEnvironment("exec");
    environment.putAll(alone());
    environment.put("TRACEPARENT", "00-" + PARENT + "-b7ad6b7169203331-01");
    Path json = folder.resolve("account.json");
    Ran ran =
        exec(environment, "--json", json.toString(), "go", "mod", "download", "exec.test/m@v1.0.0");
    assertEquals(0, ran.exit(), ran.err());
    assertTrue(ran.err().contains(", for this command alone\n"), ran.err());
    assertEquals(PARENT, trace(ran));
    assertTrue(Files.readString(json).contains("\"zips\":1,\"goMods\":1,"));
    assertTrue(Files.exists(folder.resolve("exec/home/mod/exec.test/m@v1.0.0/fake.go")));

    Ran again = exec(environment, "--", "go", "mod", "download", "exec.test/m@v1.0.0");
    assertEquals(0, again.exit(), again.err());
    assertTrue(again.err().contains("  served    nothing was asked for; "), again.err());
  }

  @Test
  void exec_ofABuildThatIsRefused_tellsWhy() throws Exception {
    FakeModule other = new FakeModule("exec.test/m@v1.0.0", "package evil\n");
    HermeticWorld.answer(world.honest, module.base() + ".zip", aResponse().withBody(other.zip()));
    Map<String, String> environment = goEnvironment("exec");
    environment.putAll(alone());
    Ran ran = exec(environment, "go", "mod", "download", "exec.test/m@v1.0.0");
    assertEquals(1, ran.exit(), ran.err());
    assertTrue(ran.err().contains("modgate: build "), ran.err());
    assertTrue(
        ran.err().contains("  refused   exec.test/m@v1.0.0: checksum-mismatch\n"), ran.err());
    assertTrue(ran.err().contains("honest: delivered " + other.zipH1()), ran.err());
  }

  @Test
  void exec_ofAnyCommand_isThatCommand() throws Exception {
    Map<String, String> environment = alone();
    Ran ran =
        exec(
            environment,
            "sh",
            "-c",
            "read line; echo \"$line\"; echo \"$GOPROXY $TRACEPARENT\"; echo oops >&2; exit 7");
    assertEquals(7, ran.exit(), ran.err());
    Matcher out =
        Pattern.compile("typed\nhttp://127\\.0\\.0\\.1:\\d+/~[0-9a-f]{8}\\.(00-\\S+) (\\S+)\n")
            .matcher(ran.out());
    assertTrue(out.matches(), ran.out());
    assertEquals(out.group(1), out.group(2));
    assertTrue(ran.err().startsWith("oops\nmodgate: build "), ran.err());
    assertEquals(128 + 9, exec(environment, "sh", "-c", "kill -9 $$").exit());
    assertEquals(
        new Ran(127, "", "modgate: nosuch: no such command in PATH\n"),
        exec(environment, "--", "nosuch"));
    Path plain = Files.createFile(folder.resolve("plain"));
    assertEquals(126, exec(environment, plain.toString()).exit());
    Ran refused = exec(environment, "--gate", "http://127.0.0.1:1", "touch", plain + "2");
    assertEquals(125, refused.exit(), refused.err());
    assertTrue(Files.notExists(Path.of(plain + "2")));
    assertEquals(125, exec(environment, "--id", "a b", "true").exit());
    assertEquals(125, exec(environment, "--nosuch", "true").exit());
  }

  /**
   * On a session of its own: where there is a terminal, that sends the command its Ctrl-C. A build
   * that runs in the background may have been told to ignore SIGINT, and no child could trap it.
   */
  @Test
  void exec_signals_reachTheCommand() throws Exception {
    for (String signal : List.of("INT", "TERM")) {
      String script =
          "trap 'echo got "
              + signal
              + "; exit 9' "
              + signal
              + "; echo ready; while :; do sleep 0.1; done";
      Process process =
          start(alone(), List.of("setsid", "env", "--default-signal=INT"), "sh", "-c", script);
      BufferedReader out = process.inputReader(UTF_8);
      CompletableFuture<String> err = err(process);
      assertEquals("ready", out.readLine());
      assertEquals(
          0,
          new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid())
              .start()
              .waitFor());
      assertEquals("got " + signal, out.readLine());
      assertEquals(9, process.waitFor());
      assertTrue(err.get().contains(": sh ended with 9 after "), err.get());
    }
  }

  private void download(String name, String goproxy) throws Exception {
    GoCommand.Result result = world.go(name, goproxy).run("mod", "download", "exec.test/m@v1.0.0");
    assertEquals(0, result.exit(), result.output());
  }

  /** Their targets and headers. */
  private static List<String> requests(WireMockServer mirror) {
    return mirror.getAllServeEvents().stream()
        .map(event -> event.getRequest().getUrl() + " " + event.getRequest().getHeaders())
        .toList();
  }

  private static void assertNoBuild(List<String> texts) {
    assertFalse(texts.isEmpty());
    assertEquals(List.of(), texts.stream().filter(ExecIT::namesABuild).toList());
    assertTrue(namesABuild("/~x/exec.test/m/@v/list") && namesABuild("build-one"), "it would see");
  }

  private static boolean namesABuild(String text) {
    return text.contains("~") || text.contains("build-");
  }

  private static List<String> files(Path data) throws IOException {
    try (var files = Files.walk(data)) {
      return files.map(file -> data.relativize(file).toString()).toList();
    }
  }

  /** One trace for each, and the second's is the one that it brought. */
  private static void assertOneTraceEach(OtlpCollector collector, String first) {
    List<ExportedSpan> spans = spans(collector);
    Map<String, Set<String>> traces = new HashMap<>();
    spans.forEach(span -> {
      if (span.tags().containsKey("modgate.build")) {
        traces
            .computeIfAbsent(span.tags().getOrDefault("modgate.build", ""), _ -> new HashSet<>())
            .add(span.trace());
      }
    });
    String own = first.replaceAll(".*\"trace\":\"([0-9a-f]{32})\".*", "$1");
    assertEquals(Map.of("build-one", Set.of(own), "build-two", Set.of(PARENT)), traces);
    Set<String> all = new HashSet<>();
    spans.stream().filter(s -> !s.operation().equals("probe")).forEach(s -> all.add(s.trace()));
    assertEquals(Set.of(own, PARENT), all, "every span is of a build");
  }

  private static List<ExportedSpan> spans(OtlpCollector collector) {
    return collector.bodies("/v1/traces").stream()
        .flatMap(body -> ExportedSpan.in(body).stream())
        .toList();
  }

  private static String get(String url) throws IOException {
    return new String(URI.create(url).toURL().openStream().readAllBytes(), UTF_8);
  }

  /** A gate of its own, since at its usual address there is none. */
  private Map<String, String> alone() {
    return new HashMap<>(
        Map.of(
            "MODGATE_GOPROXY",
            "honest",
            "MODGATE_MIRRORS_HONEST_URL",
            "http://127.0.0.1:" + world.honest.port(),
            "MODGATE_SUMDB",
            world.log.keyText(),
            "MODGATE_LISTEN",
            "127.0.0.1:1",
            "MODGATE_ADMIN",
            "127.0.0.1:2",
            "MODGATE_DATA",
            folder.resolve("own").toString()));
  }

  private Map<String, String> goEnvironment(String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name).resolve("home"));
    return new HashMap<>(
        Map.of(
            "GOSUMDB", world.log.keyText(),
            "GOMODCACHE", home.resolve("mod").toString(),
            "GOPATH", home.resolve("go").toString(),
            "GOCACHE", home.resolve("build").toString(),
            "GOENV", "off",
            "GOFLAGS", "-modcacherw",
            "GOTOOLCHAIN", "local"));
  }

  private record Ran(int exit, String out, String err) {}

  private Ran exec(Map<String, String> environment, String... arguments) throws Exception {
    Process process = start(environment, List.of(), arguments);
    try (var in = process.outputWriter(UTF_8)) {
      in.write("typed\n");
    } catch (IOException e) {
      // It has not waited for it.
    }
    CompletableFuture<String> err = err(process);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ran(process.waitFor(), out, err.get());
  }

  private Process start(Map<String, String> environment, List<String> before, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(ModgateProcess.command());
    command.add("exec");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GO"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static CompletableFuture<String> err(Process process) {
    return CompletableFuture.supplyAsync(
        () -> String.join("\n", process.errorReader(UTF_8).lines().toList()) + "\n");
  }

  private static String trace(Ran ran) {
    Matcher line = Pattern.compile("(?m)^  trace {5}([0-9a-f]{32})$").matcher(ran.err());
    assertTrue(line.find(), ran.err());
    return line.group(1);
  }
}
