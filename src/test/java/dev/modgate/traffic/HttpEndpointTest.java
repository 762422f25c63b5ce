package dev.modgate.traffic;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.modgate.fake.RawServer;
import dev.modgate.secret.Secret;
import dev.modgate.traffic.TrafficEndpoint.Delivery;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint may do, over real sockets. The time-out ends a test that hangs. */
@Timeout(60)
final class HttpEndpointTest {

  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration IMPATIENT = Duration.ofMillis(100);

  private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void deliver_taken_postsTheLinesAndNoCredentials() throws Exception {
    assertEquals(new Delivery.Taken(), deliver(aResponse().withStatus(204), Optional.empty()));
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/lines"))
            .withHeader("Content-Type", equalTo("application/x-ndjson"))
            .withHeader("User-Agent", equalTo("modgate"))
            .withHeader("Authorization", absent())
            .withHeader("Upgrade", absent())
            .withRequestBody(equalTo("{}\n{}\n")));
  }

  @Test
  void deliver_credentialsConfigured_areSent() throws Exception {
    Optional<Secret> secret = Optional.of(Secret.of("user:pass").orThrow());
    assertEquals(new Delivery.Taken(), deliver(aResponse(), secret));
    server.verify(
        postRequestedFor(urlEqualTo("/lines"))
            .withHeader("Authorization", equalTo("Basic dXNlcjpwYXNz")));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 407, 413, 422})
  void deliver_refused_isRejected(int status) throws Exception {
    assertEquals(
        new Delivery.Rejected(status), deliver(aResponse().withStatus(status), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void deliver_redirected_isRejectedAndNotFollowed(int status) throws Exception {
    Optional<Secret> secret = Optional.of(Secret.of("user:pass").orThrow());
    ResponseDefinitionBuilder elsewhere =
        aResponse().withStatus(status).withHeader("Location", server.baseUrl() + "/elsewhere");
    assertEquals(new Delivery.Rejected(status), deliver(elsewhere, secret));
    server.verify(1, WireMock.anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503})
  void deliver_inTrouble_isForLater(int status) throws Exception {
    assertEquals(
        new Delivery.NotNow("it answered " + status),
        deliver(aResponse().withStatus(status), Optional.empty()));
  }

  @Test
  void deliver_silence_isForLater() throws Exception {
    try (RawServer silent = RawServer.fallingSilentAfter("")) {
      assertEquals(
          new Delivery.NotNow("it did not answer in time"), deliver(silent.url(), IMPATIENT));
    }
  }

  @Test
  void deliver_anAnswerWithoutAnEnd_isForLater() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc";
    try (RawServer slow = RawServer.fallingSilentAfter(head)) {
      assertEquals(
          new Delivery.NotNow("it did not answer in time"), deliver(slow.url(), IMPATIENT));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"})
  void deliver_noHttp_isForLater(String answer) throws Exception {
    try (RawServer broken = RawServer.answering(answer)) {
      assertEquals(new Delivery.NotNow("the connection broke"), deliver(broken.url(), PATIENT));
    }
  }

  @Test
  void deliver_nobodyListens_isForLater() throws Exception {
    RawServer gone = RawServer.answering("");
    gone.close();
    assertEquals(new Delivery.NotNow("there is no connection"), deliver(gone.url(), PATIENT));
  }

  private Delivery deliver(ResponseDefinitionBuilder response, Optional<Secret> secret)
      throws InterruptedException {
    server.stubFor(any(anyUrl()).willReturn(response));
    return deliver(server.baseUrl() + "/lines", secret, PATIENT);
  }

  private static Delivery deliver(String url, Duration timeout) throws InterruptedException {
    return deliver(url, Optional.empty(), timeout);
  }

  private static Delivery deliver(String url, Optional<Secret> secret, Duration timeout)
      throws InterruptedException {
    TrafficSettings settings = new TrafficSettings(URI.create(url), secret, 1, timeout);
    try (HttpEndpoint endpoint = new HttpEndpoint(settings)) {
      return endpoint.deliver("{}\n{}\n".getBytes(UTF_8));
    }
  }
}
