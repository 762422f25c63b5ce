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
import dev.modgate.secret.LiveSecret;
import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretListener;
import dev.modgate.secret.SecretReference;
import dev.modgate.traffic.TrafficEndpoint.Delivery;
import dev.modgate.traffic.TrafficSettings.Credential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint may do, over real sockets. The time-out ends a test that hangs. */
@Timeout(60)
final class HttpEndpointTest {

  private static final Credential NONE = new Credential.None();
  private static final Credential BASIC = new Credential.Basic(Secret.of("user:pass").orThrow());
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration IMPATIENT = Duration.ofMillis(100);

  @TempDir Path folder;

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
    assertEquals(new Delivery.Taken(), deliver(aResponse().withStatus(204), NONE));
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/lines"))
            .withHeader("Content-Type", equalTo("application/x-ndjson"))
            .withHeader("User-Agent", equalTo("modgate"))
            .withHeader("Authorization", absent())
            .withHeader("Content-Length", equalTo("6"))
            .withHeader("Transfer-Encoding", absent())
            .withHeader("Upgrade", absent())
            .withRequestBody(equalTo("{}\n{}\n")));
  }

  @Test
  void deliver_credentialsConfigured_areSent() throws Exception {
    assertEquals(new Delivery.Taken(), deliver(aResponse(), BASIC));
    server.verify(
        postRequestedFor(urlEqualTo("/lines"))
            .withHeader("Authorization", equalTo("Basic dXNlcjpwYXNz")));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 407, 413, 422})
  void deliver_refused_isRejected(int status) throws Exception {
    assertEquals(new Delivery.Rejected(status), deliver(aResponse().withStatus(status), NONE));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void deliver_redirected_isRejectedAndNotFollowed(int status) throws Exception {
    ResponseDefinitionBuilder elsewhere =
        aResponse().withStatus(status).withHeader("Location", server.baseUrl() + "/elsewhere");
    for (Credential credential : List.of(BASIC, bearer(file()))) {
      server.resetRequests();
      assertEquals(new Delivery.Rejected(status), deliver(elsewhere, credential));
      server.verify(1, WireMock.anyRequestedFor(anyUrl()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503})
  void deliver_inTrouble_isForLater(int status) throws Exception {
    assertEquals(
        new Delivery.NotNow("it answered " + status),
        deliver(aResponse().withStatus(status), NONE));
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

  @Test
  void deliver_tokenIsRotated_theNextBatchHasTheNewOne() throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
    server.stubFor(
        any(anyUrl())
            .withHeader("Authorization", equalTo("Bearer second"))
            .willReturn(aResponse().withStatus(204)));
    Files.writeString(file(), "first\n");
    TrafficSettings settings =
        new TrafficSettings(URI.create(server.baseUrl() + "/lines"), bearer(file()), 1, PATIENT, 0);
    try (HttpEndpoint endpoint = new HttpEndpoint(settings)) {
      assertEquals(new Delivery.NotNow("it answered 401"), deliver(endpoint));
      Files.delete(file());
      assertEquals(new Delivery.NotNow("it answered 401"), deliver(endpoint));
      Files.writeString(file(), "second\n");
      assertEquals(new Delivery.Taken(), deliver(endpoint));
    }
    server.verify(
        2, postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer first")));
  }

  @Test
  void deliver_tokenNeverWas_sendsNothingAndIsForLater() throws Exception {
    assertEquals(
        new Delivery.NotNow("its token can't be used"),
        deliver(aResponse(), bearer(folder.resolve("nowhere"))));
    server.verify(0, WireMock.anyRequestedFor(anyUrl()));
  }

  /** The redaction is told of a token before anybody else is. */
  @Test
  void deliver_token_isLearntBeforeItIsSent() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    server.stubFor(any(anyUrl()).willReturn(aResponse()));
    server.addMockServiceRequestListener((_, _) -> events.add("sent"));
    LiveSecret token =
        LiveSecret.of(
            "test",
            new SecretReference.InFile(file()),
            InstantSource.system(),
            secret -> {
              events.add("learnt " + secret.reveal());
              return () -> {};
            });
    deliver(server.baseUrl() + "/lines", new Credential.Bearer(token), PATIENT);
    assertEquals(List.of("learnt first", "sent"), events);
  }

  private Path file() throws IOException {
    Path file = folder.resolve("token");
    return Files.exists(file) ? file : Files.writeString(file, "first\n");
  }

  private static Credential bearer(Path file) {
    return new Credential.Bearer(
        LiveSecret.of(
            "test",
            new SecretReference.InFile(file),
            InstantSource.system(),
            SecretListener.none()));
  }

  private static Delivery deliver(HttpEndpoint endpoint) throws InterruptedException {
    return endpoint.deliver(List.of("{}\n".getBytes(UTF_8), "{}\n".getBytes(UTF_8)));
  }

  private Delivery deliver(ResponseDefinitionBuilder response, Credential credential)
      throws InterruptedException {
    server.stubFor(any(anyUrl()).willReturn(response));
    return deliver(server.baseUrl() + "/lines", credential, PATIENT);
  }

  private static Delivery deliver(String url, Duration timeout) throws InterruptedException {
    return deliver(url, NONE, timeout);
  }

  private static Delivery deliver(String url, Credential credential, Duration timeout)
      throws InterruptedException {
    TrafficSettings settings = new TrafficSettings(URI.create(url), credential, 1, timeout, 0);
    try (HttpEndpoint endpoint = new HttpEndpoint(settings)) {
      return deliver(endpoint);
    }
  }
}
