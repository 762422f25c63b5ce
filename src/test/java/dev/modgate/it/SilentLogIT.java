package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.Shelf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A first mirror that delivers modules at once and falls silent when it is asked for the log. Two
 * seconds is its deadline for a first byte.
 */
final class SilentLogIT {

  private static final Duration DEADLINE = Duration.ofSeconds(FaultyWorld.FIRST_BYTE_SECONDS);
  private static final String RELAY = "/sumdb/" + FaultyWorld.DATABASE;

  /** Requests while all is well: then the usual times of the mirrors are known. */
  private static final int BEFORE = 30;

  /** Requests while the first mirror is silent. */
  private static final int WHILE = 5;

  private final FakeLog log = new FakeLog(FaultyWorld.DATABASE, 13);
  private final Shelf shelf = new Shelf(log);
  private final List<FakeModule> modules =
      IntStream.range(0, 700)
          .mapToObj(i -> new FakeModule("silent.test/m" + i + "@v1.0.0"))
          .toList();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path folder;

  @AfterEach
  void end() {
    client.close();
  }

  @Test
  void get_firstMirrorIsSilentAboutLookups_noneWaitsForItsDeadline() throws Exception {
    List<Duration> times = whileSilentAbout("/lookup/", "");
    assertTrue(times.getLast().compareTo(DEADLINE) < 0, times.toString());
  }

  @Test
  void get_firstMirrorIsSilentAboutTiles_noneWaitsForItsDeadline() throws Exception {
    List<Duration> times = whileSilentAbout("/tile/", "");
    assertTrue(times.getLast().compareTo(DEADLINE) < 0, times.toString());
  }

  /** What it costs without a second request. */
  @Test
  void get_hedgeIsOff_waitsForTheDeadline() throws Exception {
    List<Duration> times = whileSilentAbout("/lookup/", "hedge: {enabled: false}\n");
    assertTrue(times.getLast().compareTo(DEADLINE) >= 0, times.toString());
  }

  /** How long requests for new modules take, the slowest last. */
  private List<Duration> whileSilentAbout(String part, String more)
      throws IOException, InterruptedException {
    modules.forEach(shelf::publish);
    try (FaultyWorld world = new FaultyWorld(log, shelf, folder.resolve("world"));
        ModgateProcess modgate = world.serve("{interval: 5s}", more)) {
      for (int i = 0; i < BEFORE; i++) {
        get(modgate, i);
      }
      world.front.isSilentAbout(RELAY + part);
      List<Duration> times = new ArrayList<>();
      for (int i = 0; i < WHILE; i++) {
        // Far away from the others, so that tiles are asked for as well.
        times.add(get(modgate, 300 + 60 * i));
      }
      assertTrue(world.front.silences() > 0, "it was asked");
      Collections.sort(times);
      return times;
    }
  }

  private Duration get(ModgateProcess modgate, int number)
      throws IOException, InterruptedException {
    FakeModule module = modules.get(number);
    URI uri = URI.create(modgate.url() + module.base() + ".mod");
    long start = System.nanoTime();
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(200, response.statusCode(), response.body());
    return time;
  }
}
