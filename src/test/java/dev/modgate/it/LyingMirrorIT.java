package dev.modgate.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real go command, and a first mirror that does its worst. */
final class LyingMirrorIT {

  /** The liar is heard out, however slow the machine is. */
  private static final String NO_HEDGE = "hedge: {enabled: false}";

  @TempDir Path folder;

  /** What the first mirror does in place of serving a file, and how the audit log calls it. */
  private record Misdeed(String file, ResponseDefinitionBuilder response, String verdict) {}

  private static Map<String, Misdeed> misdeeds() {
    byte[] evilZip = new FakeModule("mirror.test/changed-zip@v1.0.0", "package evil\n").zip();
    Map<String, Misdeed> misdeeds = new LinkedHashMap<>();
    misdeeds.put("changed-zip", new Misdeed(".zip", aResponse().withBody(evilZip), "refuted"));
    misdeeds.put(
        "changed-mod",
        new Misdeed(".mod", aResponse().withBody("module mirror.test/evil\n"), "refuted"));
    misdeeds.put(
        "truncated",
        new Misdeed(".zip", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), "failed"));
    misdeeds.put(
        "html", new Misdeed(".zip", aResponse().withBody("<html>log in</html>"), "refuted"));
    misdeeds.put("stall", new Misdeed(".zip", aResponse().withFixedDelay(60_000), "failed"));
    misdeeds.put("error", new Misdeed(".mod", aResponse().withStatus(500), "failed"));
    misdeeds.put(
        "reset",
        new Misdeed(".zip", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "failed"));
    return misdeeds;
  }

  @Test
  void goModDownload_firstMirrorMisbehaves_succeedsThroughTheSecondAndNamesTheFirst()
      throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      Map<String, FakeModule> modules = new LinkedHashMap<>();
      misdeeds()
          .forEach((name, misdeed) -> {
            FakeModule module = world.publish("mirror.test/" + name + "@v1.0.0");
            modules.put(name, module);
            HermeticWorld.answer(world.liar, module.base() + misdeed.file(), misdeed.response());
          });
      Map<String, String> patient = Map.of("MODGATE_MIRRORS_LIAR_LIES_MOST", "1000");
      try (ModgateProcess modgate = world.serve("data", "liar|honest", patient, "")) {
        for (FakeModule module : modules.values()) {
          GoCommand go = world.go("go-" + module.version().path().text().hashCode(), modgate.url());
          GoCommand.Result result = go.run("mod", "download", module.version().toString());
          assertEquals(0, result.exit(), module.version() + "\n" + result.output());
          assertArrayEquals(module.zip(), Files.readAllBytes(downloaded(go, module)));
        }
      }
      List<String> audit = ModgateProcess.audit(world.data("data"));
      misdeeds().forEach((name, misdeed) -> assertNamed(audit, name, misdeed));
      assertTrue(evidence(world.data("data")) >= 3);
    }
  }

  @Test
  void goModDownload_bothMirrorsLie_printsOurRefusalAndDoesNotGoDirect() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule module = world.publish("mirror.test/victim@v1.0.0");
      FakeModule evil = new FakeModule("mirror.test/victim@v1.0.0", "package evil\n");
      HermeticWorld.serve(world.liar, evil);
      HermeticWorld.serve(world.honest, evil);
      try (ModgateProcess modgate = world.serve("data", "liar|honest")) {
        GoCommand go = world.go("go", modgate.url() + ",direct");
        GoCommand.Result result = go.run("mod", "download", module.version().toString());
        assertEquals(1, result.exit(), result.output());
        assertTrue(
            result.output().contains("modgate refused mirror.test/victim@v1.0.0"), result.output());
        assertTrue(result.output().contains("checksum-mismatch"), result.output());
        assertTrue(result.output().contains("403 Forbidden"), result.output());
      }
    }
  }

  @Test
  void manyLies_takeTheMirrorOutUntilAnOperatorReadmitsIt() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      for (int i = 1; i <= 4; i++) {
        FakeModule module = world.publish("mirror.test/m" + i + "@v1.0.0");
        HermeticWorld.answer(
            world.liar, module.base() + ".mod", aResponse().withBody("module mirror.test/evil\n"));
      }
      try (ModgateProcess modgate = world.serve("data", "liar|honest")) {
        for (int i = 1; i <= 3; i++) {
          assertEquals(200, get(modgate.url() + "/mirror.test/m" + i + "/@v/v1.0.0.mod"));
        }
        assertTrue(status(modgate).contains("\"health\":\"TAKEN_OUT\""), status(modgate));
        assertTrue(modgate.output().contains("mirror liar is taken out"), modgate.output());
        world.liar.resetRequests();
        assertEquals(200, get(modgate.url() + "/mirror.test/m4/@v/v1.0.0.mod"));
        world.liar.verify(0, getRequestedFor(urlPathEqualTo("/mirror.test/m4/@v/v1.0.0.mod")));
        assertEquals(403, post(modgate, "/mirrors/liar/readmit", Optional.empty()));
        assertTrue(status(modgate).contains("\"health\":\"TAKEN_OUT\""), status(modgate));
        assertEquals(200, post(modgate, "/mirrors/liar/readmit", Optional.of("tests")));
        assertEquals(404, post(modgate, "/mirrors/nobody/readmit", Optional.of("tests")));
        assertFalse(status(modgate).contains("TAKEN_OUT"), status(modgate));
      }
    }
  }

  /** A restart doesn't forget who lied about what: the evidence is on disk. */
  @Test
  void aLie_isRememberedByTheNextProcess() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule module = world.publish("mirror.test/victim@v1.0.0");
      HermeticWorld.answer(world.liar, module.base() + ".mod", aResponse().withBody("evil"));
      String path = module.base() + ".mod";
      try (ModgateProcess modgate = world.serve("data", "liar|honest", NO_HEDGE)) {
        assertEquals(200, get(modgate.url() + path));
      }
      Files.delete(world.data("data").resolve("cache/download" + path));
      world.liar.resetRequests();
      try (ModgateProcess modgate = world.serve("data", "liar|honest")) {
        assertEquals(200, get(modgate.url() + path));
      }
      world.liar.verify(0, getRequestedFor(urlPathEqualTo(path)));
    }
  }

  private static String status(ModgateProcess modgate) throws IOException {
    try (InputStream in = URI.create(modgate.admin() + "/status").toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static int get(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    return connection.getResponseCode();
  }

  private static int post(ModgateProcess modgate, String path, Optional<String> operator)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(modgate.admin() + path).toURL().openConnection();
    connection.setRequestMethod("POST");
    operator.ifPresent(name -> connection.setRequestProperty("Modgate-Operator", name));
    return connection.getResponseCode();
  }

  private static void assertNamed(List<String> audit, String name, Misdeed misdeed) {
    String artifact = misdeed.file().substring(1);
    Stream<String> lines =
        audit.stream()
            .filter(line -> line.contains("\"module\":\"mirror.test/" + name + "\""))
            .filter(line -> line.contains("\"artifact\":\"" + artifact + "\""))
            .filter(line -> line.contains("\"mirror\":\"liar\""))
            .filter(line -> line.contains("\"verdict\":\"" + misdeed.verdict() + "\""));
    assertEquals(1, lines.count(), name + " in\n" + String.join("\n", audit));
  }

  private static Path downloaded(GoCommand go, FakeModule module) {
    return go.modCache().resolve("cache/download" + module.base() + ".zip");
  }

  private static long evidence(Path data) throws IOException {
    try (Stream<Path> pieces = Files.list(data.resolve("quarantine"))) {
      return pieces.filter(piece -> isFrom(piece, "liar")).count();
    }
  }

  private static boolean isFrom(Path piece, String mirror) {
    try {
      return Files.readString(piece.resolve("why.txt"), UTF_8).startsWith("from: " + mirror + "\n");
    } catch (IOException e) {
      return false;
    }
  }
}
