package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real modgate that copies the bodies of what it served to a real endpoint. */
@Timeout(300)
final class TrafficBodiesIT {

  private static final int MOST = 4 << 20;

  @TempDir Path folder;

  /** What clients got, by the trace of the answer. */
  private final Map<String, byte[]> got = new HashMap<>();

  private int asked;

  @Test
  void bodies_ofEvery200_arriveByteForByte() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        AuditEndpoint endpoint = new AuditEndpoint()) {
      FakeModule small = world.publish("bodies.test/small@v1.0.0");
      FakeModule large = publish(world, "bodies.test/large@v1.0.0", 3 << 20);
      try (ModgateProcess modgate = serve(world, endpoint, MOST + "B")) {
        for (FakeModule module : List.of(small, large)) {
          for (String extension : List.of(".info", ".mod", ".zip", ".zip")) {
            assertEquals(200, ask(modgate, "GET", module.base() + extension, ""));
          }
        }
        assertEquals(200, ask(modgate, "HEAD", small.base() + ".zip", ""));
        assertEquals(304, ask(modgate, "GET", small.base() + ".zip", tag(small)));
        assertEquals(404, ask(modgate, "GET", "/bodies.test/none/@latest", ""));
        String database = "/sumdb/" + HermeticWorld.DATABASE;
        assertEquals(200, ask(modgate, "GET", database + "/latest", ""));
        awaitSent(modgate, 0);
      }
      assertEquals(9, assertSameBytes(endpoint));
      assertEquals(
          List.of(),
          endpoint.lines().stream().filter(line -> !line.text("bodyLeftOut").isEmpty()).toList());
      for (byte[] batch : endpoint.batches()) {
        assertTrue(batch.length < MOST / 3 * 4 + (1 << 20), batch.length + " bytes in one batch");
      }
    }
  }

  @Test
  void bodies_thatAreTooLarge_areLeftOutAndSaidSo() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        AuditEndpoint endpoint = new AuditEndpoint()) {
      FakeModule fits = world.publish("bodies.test/fits@v1.0.0");
      FakeModule large = publish(world, "bodies.test/large@v1.0.0", 4096);
      assertTrue(large.zip().length > fits.zip().length);
      try (ModgateProcess modgate = serve(world, endpoint, fits.zip().length + "B")) {
        assertEquals(200, ask(modgate, "GET", fits.base() + ".zip", ""));
        assertEquals(200, ask(modgate, "GET", large.base() + ".zip", ""));
        awaitSent(modgate, 1);
      }
      assertEquals(1, assertSameBytes(endpoint));
      assertEquals(
          Map.of(fits.base() + ".zip", "", large.base() + ".zip", "too-large"), leftOut(endpoint));
    }
  }

  /** Two artifacts vanish from the store while their lines wait behind a batch that is refused. */
  @Test
  void bodies_evictedMeanwhile_areLeftOutAndSaidSo() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        AuditEndpoint endpoint = new AuditEndpoint()) {
      FakeModule kept = world.publish("bodies.test/kept@v1.0.0");
      FakeModule evicted = world.publish("bodies.test/evicted@v1.0.0");
      FakeModule replaced = world.publish("bodies.test/replaced@v1.0.0");
      endpoint.answer(503);
      try (ModgateProcess modgate = serve(world, endpoint, "1MiB")) {
        assertEquals(200, ask(modgate, "GET", kept.base() + ".zip", ""));
        AuditEndpoint.awaitStatus(modgate, "\"trouble\":\"it answered 503\"");
        assertEquals(200, ask(modgate, "GET", evicted.base() + ".zip", ""));
        assertEquals(200, ask(modgate, "GET", replaced.base() + ".zip", ""));
        AuditEndpoint.awaitStatus(modgate, "\"queued\":3,");
        Files.delete(stored(world, evicted));
        Files.writeString(stored(world, replaced), "something else");
        endpoint.answer(204);
        awaitSent(modgate, 2);
      }
      assertEquals(
          Map.of(
              kept.base() + ".zip", "",
              evicted.base() + ".zip", "gone",
              replaced.base() + ".zip", "gone"),
          leftOut(endpoint));
      assertTrue(assertSameBytes(endpoint) >= 1);
    }
  }

  @Test
  void bodies_notConfigured_areNotCopied() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        AuditEndpoint endpoint = new AuditEndpoint()) {
      FakeModule module = world.publish("bodies.test/m@v1.0.0");
      Map<String, String> environment = Map.ofEntries(endpoint.variable(""));
      try (ModgateProcess modgate = world.serve("data", "honest", environment, "")) {
        assertEquals(200, ask(modgate, "GET", module.base() + ".zip", ""));
        awaitSent(modgate, 0);
      }
      assertEquals(1, endpoint.lines().size());
      assertTrue(
          endpoint.batches().stream()
              .noneMatch(batch -> new String(batch, UTF_8).contains("body")));
    }
  }

  private static FakeModule publish(HermeticWorld world, String pathAtVersion, int size) {
    byte[] source = new byte[size];
    new Random(size).nextBytes(source);
    String path = pathAtVersion.substring(0, pathAtVersion.indexOf('@'));
    FakeModule module =
        new FakeModule(
                pathAtVersion,
                Map.of("go.mod", ("module " + path + "\n").getBytes(UTF_8), "data", source))
            .in(world.log);
    HermeticWorld.serve(world.honest, module);
    return module;
  }

  private static ModgateProcess serve(HermeticWorld world, AuditEndpoint endpoint, String bodies)
      throws IOException {
    return world.serve(
        "data",
        "honest",
        Map.ofEntries(
            endpoint.variable(""),
            Map.entry("MODGATE_MIRROR_TRAFFIC_BODIES", bodies),
            Map.entry("MODGATE_MIRROR_TRAFFIC_TIMEOUT", "30s")),
        "");
  }

  private static String tag(FakeModule module) {
    return "\"" + module.zipH1() + "\"";
  }

  private static Path stored(HermeticWorld world, FakeModule module) throws IOException {
    String end = module.base().substring(1) + ".zip";
    try (var files = Files.walk(world.data("data"))) {
      return files.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }

  private int ask(ModgateProcess modgate, String method, String path, String tag)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(modgate.url() + path).toURL().openConnection();
    connection.setRequestMethod(method);
    if (!tag.isEmpty()) {
      connection.setRequestProperty("If-None-Match", tag);
    }
    asked++;
    int status = connection.getResponseCode();
    if (status == 200) {
      byte[] body = connection.getInputStream().readAllBytes();
      got.put(connection.getHeaderField("Modgate-Trace"), body);
    }
    return status;
  }

  private void awaitSent(ModgateProcess modgate, int leftOut) throws Exception {
    AuditEndpoint.awaitStatus(
        modgate, "\"sent\":" + asked + ",\"dropped\":0,\"rejected\":0,\"queued\":0,");
    AuditEndpoint.awaitStatus(modgate, "\"leftOut\":" + leftOut);
  }

  /** Every body is what the client of that answer got; returns how many there are. */
  private int assertSameBytes(AuditEndpoint endpoint) {
    int bodies = 0;
    for (AuditEndpoint.Line line : endpoint.lines()) {
      if (line.body().isPresent()) {
        byte[] body = line.body().get();
        assertArrayEquals(got.get(line.text("trace")), body, line.text("path"));
        assertEquals(String.valueOf(body.length), line.text("bytes"));
        assertEquals("200", line.text("status"));
        bodies++;
      }
    }
    return bodies;
  }

  /** What the last line about each path says of its body. */
  private static Map<String, String> leftOut(AuditEndpoint endpoint) {
    Map<String, String> words = new TreeMap<>();
    endpoint.lines().forEach(line -> words.put(line.text("path"), line.text("bodyLeftOut")));
    return words;
  }
}
