package dev.modgate.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.OtlpCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mirror that lets nobody in without a token that only a login gives. curl, wget and the go
 * command, none of which has the token, get the same bytes through modgate, also after the token
 * was revoked; directly, each of them gets a 401. No secret is on any surface.
 */
final class GuardedMirrorIT {

  private static final String HEADER = "X-Auth-Token";

  @TempDir Path folder;

  private final Random random = new Random(13);
  private final LeakDetector password = LeakDetector.random(random);
  private final LeakDetector firstToken = LeakDetector.random(random);
  private final LeakDetector secondToken = LeakDetector.random(random);

  @Test
  void threeClientsWithoutTheToken_getTheSameBytes() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        OtlpCollector collector = new OtlpCollector()) {
      WireMockServer guarded = new WireMockServer(wireMockConfig().dynamicPort());
      guarded.start();
      try {
        run(world, guarded, collector);
      } finally {
        guarded.stop();
      }
    }
  }

  private void run(HermeticWorld world, WireMockServer guarded, OtlpCollector collector)
      throws Exception {
    FakeModule first = world.publish("guarded.test/first@v1.0.0");
    FakeModule second = world.publish("guarded.test/second@v1.0.0");
    open(guarded, world, firstToken);
    assertRefusedDirectly(world, guarded, first);
    List<byte[]> answers = new ArrayList<>();
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_BSP_SCHEDULE_DELAY", "100");
    ModgateProcess modgate =
        ModgateProcess.serve(world.data("data"), config(world, guarded), environment);
    try {
      assertSameBytes(world, modgate, first, "one", answers);
      open(guarded, world, secondToken);
      assertSameBytes(world, modgate, second, "two", answers);
      answers.add(fetched("curl", "-s", modgate.url() + "/guarded.test/echo/@v/v1.0.0.info"));
      answers.add(fetched("curl", "-s", modgate.admin() + "/status"));
      collector.awaitRequest();
    } finally {
      modgate.close();
    }
    guarded.verify(2, postRequestedFor(urlEqualTo("/api/login")));
    assertClean(world, collector, modgate, answers);
  }

  /** From now on only this token opens it. Its "not found" repeats what it was shown. */
  private void open(WireMockServer guarded, HermeticWorld world, LeakDetector token) {
    guarded.resetMappings();
    guarded.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
    guarded.stubFor(
        any(anyUrl())
            .withHeader(HEADER, equalTo(token.canary()))
            .willReturn(aResponse().proxiedFrom(world.honest.baseUrl())));
    guarded.stubFor(
        get(urlPathEqualTo("/guarded.test/echo/@v/v1.0.0.info"))
            .withHeader(HEADER, equalTo(token.canary()))
            .willReturn(aResponse().withStatus(404).withBody("you showed " + token.canary())));
    guarded.stubFor(
        post(urlEqualTo("/api/login"))
            .withRequestBody(equalTo(loginBody()))
            .willReturn(aResponse().withStatus(201).withHeader(HEADER, token.canary())));
  }

  private String loginBody() {
    return "{\"user\":\"ci\",\"password\":\"" + password.canary() + "\"}";
  }

  private Path config(HermeticWorld world, WireMockServer guarded) throws IOException {
    Path body = Files.writeString(folder.resolve("login.json"), loginBody() + "\n");
    return Files.writeString(
        folder.resolve("modgate.yaml"),
        """
        goproxy: corp
        sumdb: ["%s"]
        sumdb-timeout: 20s
        mirrors:
          corp:
            url: %s
            credentials:
              login:
                endpoint: %2$s/api/login
                body: {file: %s}
                token: {header: %s}
        """
            .formatted(world.log.keyText(), guarded.baseUrl(), body, HEADER));
  }

  private void assertRefusedDirectly(HermeticWorld world, WireMockServer guarded, FakeModule module)
      throws Exception {
    String url = guarded.baseUrl() + module.base() + ".zip";
    Path nowhere = folder.resolve("nowhere");
    assertEquals(
        "401",
        new String(
            fetched("curl", "-s", "-o", nowhere.toString(), "-w", "%{http_code}", url), UTF_8));
    Run wget = run("wget", "-q", "-S", "-O", nowhere.toString(), url);
    assertEquals(6, wget.exit(), "wget: authentication failure");
    GoCommand.Result go =
        world.go("direct", guarded.baseUrl()).run("mod", "download", "guarded.test/first@v1.0.0");
    assertNotEquals(0, go.exit());
    assertTrue(go.output().contains("401 Unauthorized"), go.output());
  }

  private void assertSameBytes(
      HermeticWorld world,
      ModgateProcess modgate,
      FakeModule module,
      String client,
      List<byte[]> answers)
      throws Exception {
    String url = modgate.url() + module.base() + ".zip";
    byte[] curled = fetched("curl", "-sf", url);
    byte[] got = fetched("wget", "-q", "-O", "-", url);
    GoCommand go = world.go(client, modgate.url());
    String name = module.base().substring(1).replace("/@v/", "@");
    GoCommand.Result download = go.run("mod", "download", name);
    assertEquals(0, download.exit(), download.output());
    byte[] downloaded =
        Files.readAllBytes(go.modCache().resolve("cache/download" + module.base() + ".zip"));
    assertArrayEquals(module.zip(), curled);
    assertArrayEquals(module.zip(), got);
    assertArrayEquals(module.zip(), downloaded);
    answers.add(fetched("curl", "-si", url));
  }

  private void assertClean(
      HermeticWorld world, OtlpCollector collector, ModgateProcess modgate, List<byte[]> answers)
      throws IOException {
    Map<String, List<byte[]>> surfaces = new LinkedHashMap<>();
    surfaces.put("spans", collector.bodies());
    surfaces.put("terminal", List.of(modgate.output().getBytes(UTF_8)));
    surfaces.put("files", files(world.data("data")));
    surfaces.put("answers", answers);
    for (LeakDetector detector : List.of(password, firstToken, secondToken)) {
      surfaces.forEach((surface, bytes) -> {
        assertEquals(List.of(), detector.search(bytes), surface);
        List<byte[]> planted = new ArrayList<>(bytes);
        planted.add(("x=" + detector.canary()).getBytes(UTF_8));
        assertFalse(detector.search(planted).isEmpty(), surface);
      });
    }
  }

  private static List<byte[]> files(Path data) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      List<byte[]> files = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.add(Files.readAllBytes(file));
      }
      return files;
    }
  }

  /**
   * How it ended.
   *
   * @param output standard output, one character a byte
   */
  private record Run(int exit, String output) {}

  private static byte[] fetched(String... command) throws IOException, InterruptedException {
    Run run = run(command);
    assertEquals(0, run.exit(), String.join(" ", command));
    return run.output().getBytes(ISO_8859_1);
  }

  /** Without it this test proves nothing: it must be installed. */
  private static Run run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException absent) {
      throw new IOException(
          command[0] + " is not installed: apt-get install " + command[0], absent);
    }
    byte[] output = process.getInputStream().readAllBytes();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), command[0] + " did not end");
    return new Run(process.exitValue(), new String(output, ISO_8859_1));
  }
}
