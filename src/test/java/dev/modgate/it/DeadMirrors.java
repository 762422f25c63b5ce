package dev.modgate.it;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.Fault;
import dev.modgate.fake.FaultyMirror;
import dev.modgate.fake.Shelf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Three mirrors of one shelf: two that die, of which one is probed and the other is only known by
 * what it answers, and one that stays well.
 */
final class DeadMirrors implements AutoCloseable {

  /** The deadlines and pauses of the two are their defaults divided by this. */
  static final int TIMES_FASTER = 50;

  private final FaultyMirror passive;
  private final FaultyMirror probed;
  private final FaultyMirror back;
  private final FakeLog log;
  private final Shelf shelf;
  private final Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param folder an empty one
   */
  DeadMirrors(FakeLog log, Shelf shelf, Path folder) throws IOException {
    this.log = log;
    this.shelf = shelf;
    this.folder = folder;
    this.passive = new FaultyMirror(shelf);
    this.probed = new FaultyMirror(shelf);
    this.back = new FaultyMirror(shelf);
  }

  ModgateProcess serve() throws IOException {
    String dying =
        """
            timeouts: {connect: 40ms, first-byte: 200ms, idle: 200ms, total: 6s}
            breaker: {slow-call: 200ms, open: 300ms}
        """;
    String config =
        """
        goproxy: passive|probed|back
        order: listed
        hedge: {at-least: 2ms}
        sumdb: ["%s"]
        sumdb-timeout: 30s
        mirrors:
          passive:
            url: %s
        %s  probed:
            url: %s
            health: {path: %s, interval: 100ms}
        %s  back:
            url: %s
        """
            .formatted(
                log.keyText(), passive.url(), dying, probed.url(), Shelf.HEALTH, dying, back.url());
    Path file = Files.writeString(folder.resolve("modgate.yaml"), config);
    return ModgateProcess.serve(
        folder.resolve("data"), file, Map.of("JDK_JAVA_OPTIONS", FaultyWorld.LAUNCHER));
  }

  /** Both at once; one that goes silent keeps its connections. */
  void die(Fault fault) throws IOException, InterruptedException {
    for (FaultyMirror mirror : List.of(passive, probed)) {
      if (fault == Fault.BLACK_HOLE) {
        mirror.freeze();
      } else {
        mirror.has(fault);
      }
    }
  }

  int probes() {
    return probed.probes();
  }

  FaultyWorld.Front status(ModgateProcess modgate, String mirror)
      throws IOException, InterruptedException {
    return FaultyWorld.status(client, modgate, mirror);
  }

  /** Does something while so many requests are under way that nobody answers. */
  <T> T holding(int requests, ModgateProcess modgate, Callable<T> meanwhile) throws Exception {
    List<FakeModule> modules = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      modules.add(new FakeModule("held.test/m" + i + "@v1.0.0"));
    }
    modules.forEach(shelf::publish);
    back.freeze();
    List<CompletableFuture<HttpResponse<Void>>> held = new ArrayList<>();
    for (FakeModule module : modules) {
      URI uri = URI.create(modgate.url() + module.base() + ".zip");
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build();
      held.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
    }
    try {
      return meanwhile.call();
    } finally {
      held.forEach(request -> request.cancel(true));
    }
  }

  @Override
  public void close() {
    client.close();
    passive.close();
    probed.close();
    back.close();
  }
}
