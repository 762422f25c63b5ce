package dev.modgate.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gate between a hermetic world and the real back ends. */
record BackendsScene(
    HermeticWorld world, Backends backends, Backends.Collector collector, ModgateProcess gate)
    implements AutoCloseable {

  /** What is missing, if anything is. */
  static Optional<String> missing() throws IOException, InterruptedException {
    for (String part : List.of("collector", "zipkin", "prometheus", "promtool")) {
      if (Backends.tool(part).isEmpty()) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  static BackendsScene start(Path folder) throws IOException, InterruptedException {
    HermeticWorld world = new HermeticWorld(folder);
    Backends backends = new Backends(folder.resolve("backends"));
    Backends.Collector collector = backends.collector("collector", 100);
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            collector.otlp(),
            "OTEL_BSP_SCHEDULE_DELAY",
            "100",
            "OTEL_METRIC_EXPORT_INTERVAL",
            "1000");
    ModgateProcess gate =
        ModgateProcess.serve(world.data("data"), configuration(folder, world), environment);
    backends.prometheus(gate, collector);
    return new BackendsScene(world, backends, collector, gate);
  }

  private static Path configuration(Path folder, HermeticWorld world) throws IOException {
    return Files.writeString(
        folder.resolve("modgate.yaml"),
        """
        goproxy: liar|honest
        order: listed
        hedge: {enabled: false}
        sumdb: ["%s"]
        mirrors:
          liar:
            url: http://127.0.0.1:%d
            breaker: {window: 2, open: 1h, slow-call: 1m}
            health: {failures: 1000}
          honest:
            url: http://127.0.0.1:%d
        """
            .formatted(world.log.keyText(), world.liar.port(), world.honest.port()));
  }

  /** First fetches, hits, absences, a refusal, and a mirror that breaks until it is left alone. */
  void traffic() throws IOException, InterruptedException {
    for (int i = 0; i < 20; i++) {
      FakeModule module = world.publish("backends.test/m" + i + "@v1.0.0");
      for (String kind : List.of(".info", ".mod", ".zip", ".zip")) {
        assertEquals(200, status(module.base() + kind));
      }
    }
    assertEquals(404, status("/backends.test/no/@v/v1.0.0.zip"));
    HermeticWorld.serve(world.honest, new FakeModule("backends.test/unlogged@v1.0.0"));
    assertEquals(403, status("/backends.test/unlogged/@v/v1.0.0.zip"));
    StubMapping fault =
        world.liar.stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(503)));
    for (int i = 20; i < 24; i++) {
      assertEquals(200, status(world.publish("backends.test/m" + i + "@v1.0.0").base() + ".zip"));
    }
    world.liar.removeStub(fault);
  }

  private int status(String path) throws IOException, InterruptedException {
    return backends.get(gate.url() + path).statusCode();
  }

  @Override
  public void close() {
    gate.close();
    backends.close();
    world.close();
  }
}
