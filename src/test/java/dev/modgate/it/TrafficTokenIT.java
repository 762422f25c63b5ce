package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.OtlpCollector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real modgate that shows an endpoint a token out of a file; the token is rotated. */
@Timeout(300)
final class TrafficTokenIT {

  @TempDir Path folder;

  private final Random random = new Random(13);
  private final LeakDetector first = LeakDetector.random(random);
  private final LeakDetector second = LeakDetector.random(random);

  /** The endpoint is told of the new token before the file has it: no line is lost meanwhile. */
  @Test
  void token_isRotated_everyLineArrivesAndNoSurfaceHoldsIt() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        OtlpCollector collector = new OtlpCollector();
        AuditEndpoint endpoint = new AuditEndpoint()) {
      FakeModule module = world.publish("token.test/m@v1.0.0");
      Path file = Files.writeString(folder.resolve("token"), first.canary() + "\n");
      endpoint.open(first.canary());
      List<byte[]> answers = new ArrayList<>();
      ModgateProcess modgate = serve(world, endpoint, file, collector.endpoint());
      try {
        answers.add(get(modgate.url() + module.base() + ".zip"));
        AuditEndpoint.awaitStatus(modgate, "\"sent\":1,");
        endpoint.open(second.canary());
        answers.add(get(modgate.url() + module.base() + ".mod"));
        AuditEndpoint.awaitStatus(modgate, "\"trouble\":\"it answered 401\"");
        Files.writeString(folder.resolve("next"), second.canary() + "\n");
        Files.move(folder.resolve("next"), file, StandardCopyOption.REPLACE_EXISTING);
        AuditEndpoint.awaitStatus(modgate, "\"sent\":2,\"dropped\":0,\"rejected\":0,\"queued\":0,");
        answers.add(get(modgate.admin() + "/status"));
        answers.add(get(modgate.admin() + "/metrics"));
        collector.awaitRequest();
      } finally {
        modgate.close();
      }
      List<String> shown =
          endpoint.requests().stream()
              .map(request -> request.getHeader("Authorization"))
              .distinct()
              .toList();
      assertEquals(List.of("Bearer " + first.canary(), "Bearer " + second.canary()), shown);
      Map<String, List<byte[]>> surfaces = new LinkedHashMap<>();
      surfaces.put("spans", collector.bodies());
      surfaces.put("terminal", List.of(modgate.output().getBytes(UTF_8)));
      surfaces.put("audit and other files", files(world.data("data")));
      surfaces.put("answers", answers);
      surfaces.put("lines", endpoint.batches());
      surfaces.forEach(this::assertClean);
      assertTrue(modgate.output().contains("mirror-traffic.url takes no lines: it answered 401"));
      assertFalse(ModgateProcess.audit(world.data("data")).isEmpty());
    }
  }

  /** The file is looked at when modgate starts, too: it says which key is wrong, and stops. */
  @Test
  void token_cannotBeUsed_stopsTheStartWithoutItsText() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        AuditEndpoint endpoint = new AuditEndpoint()) {
      Path file = Files.writeString(folder.resolve("token"), first.canary() + "\n\nmore");
      IllegalStateException stopped =
          assertThrows(
              IllegalStateException.class,
              () -> serve(world, endpoint, file, "http://127.0.0.1:1"));
      String message = String.valueOf(stopped.getMessage());
      assertTrue(message.contains("mirror-traffic.token: a secret holds a line feed"), message);
      assertClean("terminal", List.of(message.getBytes(UTF_8)));
    }
  }

  private static ModgateProcess serve(
      HermeticWorld world, AuditEndpoint endpoint, Path file, String collector) throws IOException {
    return world.serve(
        "data",
        "honest",
        Map.ofEntries(
            endpoint.variable(""),
            Map.entry("MODGATE_MIRROR_TRAFFIC_TOKEN_FILE", file.toString()),
            Map.entry("MODGATE_MIRROR_TRAFFIC_BODIES", "1MiB"),
            Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", collector),
            Map.entry("OTEL_BSP_SCHEDULE_DELAY", "100")),
        "");
  }

  private static byte[] get(String url) throws IOException {
    var connection = URI.create(url).toURL().openConnection();
    byte[] body = connection.getInputStream().readAllBytes();
    return (connection.getHeaderFields() + new String(body, UTF_8)).getBytes(UTF_8);
  }

  /** Neither token is there; a planted one is found. */
  private void assertClean(String surface, List<byte[]> bytes) {
    for (LeakDetector token : List.of(first, second)) {
      assertFalse(bytes.isEmpty(), surface);
      assertEquals(List.of(), token.search(bytes), surface);
      List<byte[]> planted = new ArrayList<>(bytes);
      planted.add(("Bearer " + token.canary()).getBytes(UTF_8));
      assertFalse(token.search(planted).isEmpty(), surface);
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
}
