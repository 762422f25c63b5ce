package dev.modgate.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An endpoint on loopback that is told what was served, and keeps all of it. */
final class AuditEndpoint implements AutoCloseable {

  private static final String BODY = ",\"body\":\"";

  private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());

  AuditEndpoint() {
    server.start();
    answer(204);
  }

  /** From now on it answers this: of two stubs the newer one counts. */
  void answer(int status) {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
  }

  /** From now on it takes what comes with this token, and answers 401 to everything else. */
  void open(String token) {
    answer(401);
    server.stubFor(
        any(anyUrl())
            .withHeader("Authorization", equalTo("Bearer " + token))
            .willReturn(aResponse().withStatus(204)));
  }

  /** The variable that makes modgate send to it. */
  Map.Entry<String, String> variable(String userInfo) {
    String url = "http://" + userInfo + "127.0.0.1:" + server.port() + "/lines";
    return Map.entry("MODGATE_MIRROR_TRAFFIC_URL", url);
  }

  List<LoggedRequest> requests() {
    return server.findAll(postRequestedFor(urlEqualTo("/lines")));
  }

  /** What was sent to it, request by request. */
  List<byte[]> batches() {
    return requests().stream().map(LoggedRequest::getBody).toList();
  }

  List<Line> lines() {
    return batches().stream()
        .flatMap(batch -> new String(batch, UTF_8).lines())
        .map(Line::of)
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }

  /**
   * One line.
   *
   * @param keys all but the body
   * @param encoded the body, as it stands there
   */
  record Line(Node.Mapping keys, Optional<String> encoded) {

    private static Line of(String line) {
      int at = line.indexOf(BODY);
      String keys = at < 0 ? line : line.substring(0, at) + "}";
      return new Line(
          (Node.Mapping) DocumentReader.json(keys.getBytes(UTF_8)).orThrow(),
          at < 0
              ? Optional.empty()
              : Optional.of(line.substring(at + BODY.length(), line.length() - 2)));
    }

    String text(String key) {
      return keys.find(key)
          .map(node ->
              switch (node) {
                case Node.Text text -> text.value();
                case Node.Numeral number -> number.text();
                case Node.Mapping _, Node.Sequence _, Node.Bool _, Node.Null _ -> node.kind();
              })
          .orElse("");
    }

    Optional<byte[]> body() {
      return encoded.map(text -> Base64.getDecoder().decode(text));
    }
  }

  /** Waits until modgate says so of its copy of the traffic. */
  static void awaitStatus(ModgateProcess modgate, String part) throws Exception {
    URI status = URI.create(modgate.admin() + "/status");
    String last = "";
    for (int i = 0; i < 300; i++) {
      last = new String(status.toURL().openStream().readAllBytes(), UTF_8);
      if (last.contains(part)) {
        return;
      }
      Thread.sleep(200);
    }
    assertTrue(last.contains(part), part + " in " + last);
  }
}
