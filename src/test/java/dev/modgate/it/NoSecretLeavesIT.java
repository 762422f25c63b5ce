package dev.modgate.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.OtlpCollector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials go in by every door: a client's header and query, a mirror's URL, a signed redirect,
 * the collector's own header. None comes out again: not in spans, on the terminal, in any file of
 * the data directory, or in an answer.
 */
final class NoSecretLeavesIT {

  @TempDir Path folder;

  private final Random random = new Random(5);
  private final LeakDetector bearer = LeakDetector.random(random);
  private final LeakDetector password = LeakDetector.random(random);
  private final LeakDetector signature = LeakDetector.random(random);
  private final LeakDetector query = LeakDetector.random(random);
  private final LeakDetector collectorToken = LeakDetector.random(random);

  @Test
  void everySurface_afterGoodAndBadRequests_holdsNoSecret() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        OtlpCollector collector = new OtlpCollector()) {
      prepare(world);
      Map<String, String> environment =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.endpoint(),
              "OTEL_EXPORTER_OTLP_HEADERS",
              "authorization=" + encoded(collectorToken),
              "OTEL_BSP_SCHEDULE_DELAY",
              "100");
      List<byte[]> answers = new ArrayList<>();
      ModgateProcess modgate =
          world.serve("data", "liar|honest", environment, "ali:" + encoded(password) + "@");
      try {
        askEverything(modgate.url(), answers);
        answers.add(get(modgate.admin() + "/status"));
        collector.awaitRequest();
      } finally {
        modgate.close();
      }
      Map<String, List<byte[]>> surfaces = new LinkedHashMap<>();
      surfaces.put("spans", collector.bodies());
      surfaces.put("terminal", List.of(modgate.output().getBytes(UTF_8)));
      surfaces.put("files", files(world.data("data")));
      surfaces.put("answers", answers);
      assertClean(surfaces);
      assertPlantedLeaksAreFound(surfaces);
      assertTrue(contains(collector.bodies(), "modgate.verdict"), "spans were received");
      assertTrue(contains(collector.bodies(), "GET /{module}/@v/{version}.zip"));
      assertFalse(
          world
              .honest
              .findAll(
                  com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(
                          com.github.tomakehurst.wiremock.client.WireMock.anyUrl())
                      .withHeader(
                          "Authorization",
                          com.github.tomakehurst.wiremock.client.WireMock.containing("Basic")))
              .isEmpty());
    }
  }

  /**
   * A good module behind a signed redirect, a lie, a reset, an error, and one that nobody logged.
   */
  private void prepare(HermeticWorld world) {
    FakeModule good = world.publish("secret.test/good@v1.0.0");
    String signed = "/elsewhere.zip?X-Amz-Signature=" + encoded(signature);
    HermeticWorld.answer(
        world.liar,
        good.base() + ".zip",
        aResponse().withStatus(302).withHeader("Location", signed));
    HermeticWorld.answer(world.liar, "/elsewhere.zip", aResponse().withBody(good.zip()));
    FakeModule lie = world.publish("secret.test/lie@v1.0.0");
    HermeticWorld.answer(world.liar, lie.base() + ".zip", aResponse().withBody("<html>"));
    FakeModule reset = world.publish("secret.test/reset@v1.0.0");
    HermeticWorld.answer(
        world.liar, reset.base() + ".zip", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    FakeModule error = world.publish("secret.test/error@v1.0.0");
    HermeticWorld.answer(
        world.liar,
        error.base() + ".zip",
        aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:1" + signed));
    HermeticWorld.serve(world.honest, new FakeModule("secret.test/unlogged@v1.0.0"));
  }

  private void askEverything(String url, List<byte[]> answers) throws Exception {
    for (String name : List.of("good", "lie", "reset", "error", "unlogged", "absent")) {
      for (String extension : List.of(".info", ".mod", ".zip")) {
        answers.add(get(url + "/secret.test/" + name + "/@v/v1.0.0" + extension));
      }
    }
    answers.add(get(url + "/secret.test/good/@v/v1.0.0.zip?token=" + encoded(query)));
    answers.add(get(url + "/secret.test/good/@v/" + encoded(query) + ".nonsense"));
    answers.add(get(url + "/secret.test/good/@v/list"));
    answers.add(get(url + "/sumdb/" + HermeticWorld.DATABASE + "/latest"));
  }

  private byte[] get(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + bearer.canary())
            .header("Cookie", "session=" + bearer.canary())
            .header("tracestate", "vendor=" + bearer.canary().toLowerCase(java.util.Locale.ROOT))
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .header("User-Agent", bearer.canary())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return (response.headers().map() + new String(response.body(), UTF_8)).getBytes(UTF_8);
    }
  }

  /** As it can stand in a URL. */
  private static String encoded(LeakDetector secret) {
    return secret.encode(LeakDetector.Encoding.PERCENT_ALL);
  }

  private void assertClean(Map<String, List<byte[]>> surfaces) {
    detectors()
        .forEach((name, detector) ->
            surfaces.forEach((surface, bytes) ->
                assertEquals(List.of(), detector.search(bytes), name + " leaked into " + surface)));
  }

  /** The same search, over the same bytes with one secret more. */
  private void assertPlantedLeaksAreFound(Map<String, List<byte[]>> surfaces) {
    detectors()
        .forEach((name, detector) ->
            surfaces.forEach((surface, bytes) -> {
              List<byte[]> planted = new ArrayList<>(bytes);
              planted.add(("x=" + detector.canary() + ";").getBytes(UTF_8));
              assertFalse(detector.search(planted).isEmpty(), name + ", " + surface);
            }));
  }

  private Map<String, LeakDetector> detectors() {
    return Map.of(
        "bearer token", bearer,
        "password", password,
        "signature", signature,
        "query token", query,
        "collector token", collectorToken);
  }

  private static boolean contains(List<byte[]> bodies, String text) {
    return bodies.stream().anyMatch(body -> new String(body, UTF_8).contains(text));
  }

  private static List<byte[]> files(Path data) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      List<byte[]> files = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.add(file.toString().getBytes(UTF_8));
        files.add(Files.readAllBytes(file));
      }
      return files;
    }
  }
}
