package dev.modgate.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeLogServer;
import dev.modgate.fake.FakeModule;
import dev.modgate.verify.sumdb.LogSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything around modgate, on loopback: a log that really signs, an honest mirror that relays it,
 * and a mirror that behaves as it is told.
 */
final class HermeticWorld implements AutoCloseable {

  static final String DATABASE = "localhost.localdev/sumdb";

  final FakeLog log = new FakeLog(DATABASE, 11);
  final WireMockServer liar = new WireMockServer(wireMockConfig().dynamicPort());
  final WireMockServer honest = new WireMockServer(wireMockConfig().dynamicPort());

  private final Path folder;
  private volatile LogSource shown = log;
  private final FakeLogServer logServer;

  HermeticWorld(Path folder) throws IOException {
    this.folder = folder;
    this.logServer = new FakeLogServer(new Shown(), "/sumdb/" + DATABASE);
    for (WireMockServer mirror : new WireMockServer[] {liar, honest}) {
      mirror.start();
      mirror.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody("not found")));
    }
    String relay = "http://127.0.0.1:" + logServer.uri().getPort();
    honest.stubFor(get(urlPathMatching("/sumdb/.*")).willReturn(aResponse().proxiedFrom(relay)));
  }

  /** From now on the log is this one. */
  void show(LogSource other) {
    shown = other;
  }

  /** Puts a module into the log and on both mirrors. */
  FakeModule publish(String pathAtVersion) {
    FakeModule module = new FakeModule(pathAtVersion).in(log);
    serve(honest, module);
    serve(liar, module);
    return module;
  }

  static void serve(WireMockServer mirror, FakeModule module) {
    answer(mirror, module.base() + ".info", aResponse().withBody(module.info()));
    answer(mirror, module.base() + ".mod", aResponse().withBody(module.goMod()));
    answer(mirror, module.base() + ".zip", aResponse().withBody(module.zip()));
  }

  static void answer(WireMockServer mirror, String path, ResponseDefinitionBuilder response) {
    mirror.stubFor(get(urlPathEqualTo(path)).willReturn(response));
  }

  /** Starts modgate with the given value of {@code goproxy} over the mirrors liar and honest. */
  ModgateProcess serve(String data, String goproxy) throws IOException {
    return serve(data, goproxy, Map.of(), "");
  }

  /**
   * Starts modgate.
   *
   * @param more keys of the configuration, each on a line of its own
   */
  ModgateProcess serve(String data, String goproxy, String more) throws IOException {
    return serve(data, goproxy, Map.of(), "", more);
  }

  /**
   * Starts modgate.
   *
   * @param userInfo of the mirrors' URLs, with its at sign, or empty
   */
  ModgateProcess serve(
      String data, String goproxy, Map<String, String> environment, String userInfo)
      throws IOException {
    return serve(data, goproxy, environment, userInfo, "");
  }

  private ModgateProcess serve(
      String data, String goproxy, Map<String, String> environment, String userInfo, String more)
      throws IOException {
    String config =
        """
        goproxy: %s
        sumdb: ["%s"]
        sumdb-timeout: 5s
        mirrors:
          liar:
            url: http://%s127.0.0.1:%d
            timeouts: {connect: 2s, first-byte: 3s, idle: 2s, total: 10s}
            breaker: {window: 1000}
          honest:
            url: http://%s127.0.0.1:%d
        """
                .formatted(goproxy, log.keyText(), userInfo, liar.port(), userInfo, honest.port())
            + more;
    Path file = Files.writeString(folder.resolve(data + ".yaml"), config);
    return ModgateProcess.serve(data(data), file, environment);
  }

  Path data(String name) {
    return folder.resolve(name);
  }

  /** A go command with empty caches that trusts the log's key. */
  GoCommand go(String name, String goproxy) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name).resolve("project"));
    Files.writeString(project.resolve("go.mod"), "module it.test/project\n\ngo 1.20\n");
    return new GoCommand(folder.resolve(name).resolve("home"), project)
        .with("GOPROXY", goproxy)
        .with("GOSUMDB", log.keyText());
  }

  @Override
  public void close() {
    liar.stop();
    honest.stop();
    logServer.close();
  }

  private final class Shown implements LogSource {
    @Override
    public String name() {
      return "log";
    }

    @Override
    public Answer get(String path) {
      return shown.get(path);
    }
  }
}
