package dev.modgate.chain;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.modgate.chain.tls.Tls;
import dev.modgate.chain.wire.UpstreamSockets;
import dev.modgate.fake.RawServer;
import dev.modgate.secret.Credentials;
import dev.modgate.secret.Credentials.Place;
import dev.modgate.secret.Credentials.Use;
import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretListener;
import dev.modgate.secret.SecretReference;
import dev.modgate.secret.SecretWatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of credential puts on the wire, over real sockets, and what it does not. */
final class CredentialsTest {

  private static final String PATH = "/good.test/mod/@v/v1.0.0.info";
  private static final String TOKEN = "c4n4ry-t0ken-0f-the-login";
  private static final String BODY = "{\"user\":\"ci\",\"password\":\"c4n4ry-pa55\"}";

  @TempDir Path folder;

  private final WireMockServer mirror = new WireMockServer(wireMockConfig().dynamicPort());
  private final WireMockServer issuer = new WireMockServer(wireMockConfig().dynamicPort());
  private final List<String> learned = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Mirrors mirrors =
      new Mirrors(
          new Mirrors.Surroundings(
              () -> folder.resolve("x"),
              Optional::empty,
              MirrorObserver.NOBODY,
              threads,
              InstantSource.system()),
          this::learn,
          SecretWatch.none());

  @BeforeEach
  void start() {
    mirror.start();
    issuer.start();
    mirror.stubFor(any(anyUrl()).willReturn(aResponse().withBody("ok")));
  }

  private SecretListener.Registration learn(Secret secret) {
    learned.add(secret.reveal());
    return () -> {};
  }

  @AfterEach
  void stop() {
    mirrors.close();
    threads.close();
    mirror.stop();
    issuer.stop();
  }

  @Test
  void get_bearer_isSentAndFollowsItsFile() throws IOException {
    Mirror guarded = guarded(new Credentials.Bearer(file("one")));
    assertSent("Authorization", "Bearer one", guarded);
    file("two");
    assertSent("Authorization", "Bearer two", guarded);
    assertEquals(List.of("one", "two"), learned);
  }

  @Test
  void get_account_isSentAsBasic() throws IOException {
    Mirror guarded = guarded(new Credentials.Account("ci", file("open sesame\n")));
    assertSent("Authorization", "Basic " + base64("ci:open sesame"), guarded);
  }

  @Test
  void get_netrc_isSentAsBasicOfTheHost() throws IOException {
    Path netrc =
        Files.writeString(
            folder.resolve("netrc"),
            "machine x login a password b\nmachine localhost\nlogin ci\npassword s3same\n");
    Mirror guarded = guarded(new Credentials.NetrcFile(netrc));
    assertSent("Authorization", "Basic " + base64("ci:s3same"), guarded);
  }

  @Test
  void get_clientGrant_asksAsTheRfcSays() throws IOException {
    issue(json("{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"bearer\",\"expires_in\":60}"));
    Mirror guarded = guarded(grant());
    assertSent("Authorization", "Bearer " + TOKEN, guarded);
    assertSent("Authorization", "Bearer " + TOKEN, guarded);
    issuer.verify(
        1,
        postRequestedFor(urlEqualTo("/token"))
            .withHeader("Authorization", equalTo("Basic " + base64("mod+gate:s%26cret")))
            .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
            .withRequestBody(equalTo("grant_type=client_credentials&scope=a+b")));
    assertEquals(List.of("s&cret", TOKEN), learned);
  }

  @Test
  void get_clientGrantWithoutAToken_isAFailureThatQuotesNothing() throws IOException {
    assertUnavailable("the token endpoint answered 401", json("{}").withStatus(401));
    assertUnavailable(
        "the token endpoint sent a document that has none at its pointer",
        json("{\"error\":\"" + TOKEN + "\"}"));
    assertUnavailable("the token endpoint sent no JSON document", json(TOKEN));
    assertUnavailable(
        "the token endpoint sent one whose type is not Bearer",
        json("{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"DPoP\"}"));
    assertUnavailable(
        "the token endpoint sent one whose time is over",
        json("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":0}"));
    assertUnavailable(
        "a secret holds a line feed at character 26 of 27",
        json("{\"access_token\":\"" + TOKEN + "\\nx\"}"));
    assertUnavailable(
        "the token endpoint answered 302",
        aResponse().withStatus(302).withHeader("Location", "/token2"));
    assertUnavailable(
        "the token endpoint sent more than 65536 bytes", json(" ".repeat(70_000) + "{}"));
    issuer.verify(0, anyRequestedFor(urlEqualTo("/token2")));
  }

  @Test
  void get_tokenEndpointIsSilent_timesOutByItself() throws IOException {
    try (RawServer silent = RawServer.fallingSilentAfter("HTTP/1.1 200 OK\r\n")) {
      Credentials.ClientGrant of = grant();
      Credentials.ClientGrant there =
          new Credentials.ClientGrant(
              URI.create(silent.url() + "/token"),
              of.clientId(),
              of.secret(),
              of.scope(),
              of.audience());
      assertEquals(
          new Failure.NoCredential("the token endpoint timed out"), failure(guarded(there)));
    }
  }

  @Test
  void get_loginWithATokenInAHeader_isSentInThatHeader() throws IOException {
    issue(aResponse().withStatus(201).withHeader("X-Auth-Token", TOKEN));
    Mirror guarded =
        guarded(login(new Place.InHeader("X-Auth-Token"), new Use.AsHeader("X-Auth-Token", "")));
    assertSent("X-Auth-Token", TOKEN, guarded);
    issuer.verify(
        1,
        postRequestedFor(urlEqualTo("/login"))
            .withHeader("X-Api-Key", equalTo("open sesame"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withRequestBody(equalTo(BODY)));
    assertEquals(List.of("open sesame", BODY, TOKEN), learned);
  }

  @Test
  void get_loginWithATokenInACookie_isSentAsThatCookie() throws IOException {
    issue(
        aResponse()
            .withHeader("Set-Cookie", "other=1", "sid=\"" + TOKEN + "\"; Path=/; Max-Age=60"));
    Mirror guarded = guarded(login(new Place.InCookie("sid"), new Use.AsCookie("sid")));
    assertSent("Cookie", "sid=" + TOKEN, guarded);
  }

  @Test
  void get_loginWithATokenInJson_isSentWithItsScheme() throws IOException {
    issue(json("{\"auth\":[{\"client_token\":\"" + TOKEN + "\"}],\"lease\":60}"));
    Mirror guarded =
        guarded(
            login(
                new Place.InJson("/auth/0/client_token", "/lease"),
                new Use.AsHeader("Authorization", "Token")));
    assertSent("Authorization", "Token " + TOKEN, guarded);
  }

  @Test
  void get_loginWithoutItsToken_isAFailure() throws IOException {
    issue(aResponse().withHeader("X-Other", TOKEN));
    assertEquals(
        new Failure.NoCredential("the token endpoint sent 0 such headers"),
        failure(guarded(login(new Place.InHeader("X-Auth-Token"), new Use.AsCookie("c")))));
    assertEquals(
        new Failure.NoCredential("the token endpoint did not set the cookie"),
        failure(guarded(login(new Place.InCookie("sid"), new Use.AsCookie("sid")))));
  }

  @Test
  void get_tokenRefused_isRenewedAndTriedOnce() throws IOException {
    issue(json("{\"access_token\":\"stale-token\"}"), json("{\"access_token\":\"fresh-token\"}"));
    mirror.stubFor(
        get(anyUrl())
            .withHeader("Authorization", equalTo("Bearer stale-token"))
            .willReturn(aResponse().withStatus(401)));
    assertSent("Authorization", "Bearer fresh-token", guarded(grant()));
    issuer.verify(2, postRequestedFor(urlEqualTo("/token")));
    mirror.verify(2, getRequestedFor(urlEqualTo(PATH)));
  }

  @Test
  void get_newTokenRefusedToo_isA401() throws IOException {
    issue(json("{\"access_token\":\"stale-token\"}"), json("{\"access_token\":\"fresh-token\"}"));
    mirror.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
    assertEquals(new Failure.BadStatus(401, Optional.empty()), failure(guarded(grant())));
    mirror.verify(2, getRequestedFor(urlEqualTo(PATH)));
    issuer.verify(2, postRequestedFor(urlEqualTo("/token")));
  }

  @Test
  void get_refusedFileThatIsNotRotated_isNotTriedAgain() throws IOException {
    mirror.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
    assertEquals(
        new Failure.BadStatus(401, Optional.empty()),
        failure(guarded(new Credentials.Bearer(file("one")))));
    mirror.verify(1, getRequestedFor(urlEqualTo(PATH)));
  }

  @Test
  void get_redirectOnTheSameOrigin_carriesTheToken() throws IOException {
    mirror.stubFor(get(urlEqualTo(PATH)).willReturn(redirect(mirror.baseUrl() + "/there")));
    assertInstanceOf(
        Reply.Content.class, guarded(new Credentials.Bearer(file("one"))).get(small()));
    mirror.verify(
        getRequestedFor(urlEqualTo("/there")).withHeader("Authorization", equalTo("Bearer one")));
  }

  /** Sockets to other origins are not guarded here, so that there is one on this machine. */
  @Test
  void get_redirectToAnotherOrigin_carriesNothing() throws IOException {
    issue(aResponse().withHeader("X-Auth-Token", TOKEN).withHeader("Set-Cookie", "sid=" + TOKEN));
    List<Credentials> kinds =
        List.of(
            new Credentials.Bearer(file("one")),
            new Credentials.Account("ci", file("one")),
            login(new Place.InHeader("X-Auth-Token"), new Use.AsHeader("X-Auth-Token", "")),
            login(new Place.InCookie("sid"), new Use.AsCookie("sid")));
    for (Credentials credentials : kinds) {
      mirror.stubFor(get(urlEqualTo(PATH)).willReturn(redirect(issuer.baseUrl() + "/there")));
      issuer.stubFor(get(urlEqualTo("/there")).willReturn(aResponse().withBody("ok")));
      assertInstanceOf(Reply.Content.class, unguarded(credentials).get(small()));
      issuer.verify(
          getRequestedFor(urlEqualTo("/there"))
              .withoutHeader("Authorization")
              .withoutHeader("X-Auth-Token")
              .withoutHeader("Cookie"));
      mirror.resetAll();
    }
  }

  /** Another origin can't make us ask for tokens. */
  @Test
  void get_401OfAnotherOrigin_renewsNothing() throws IOException {
    issue(json("{\"access_token\":\"" + TOKEN + "\"}"));
    mirror.stubFor(get(urlEqualTo(PATH)).willReturn(redirect(issuer.baseUrl() + "/there")));
    issuer.stubFor(get(urlEqualTo("/there")).willReturn(aResponse().withStatus(401)));
    assertEquals(new Failure.BadStatus(401, Optional.empty()), failure(unguarded(grant())));
    issuer.verify(1, postRequestedFor(urlEqualTo("/token")));
  }

  /** What the mirror was shown does not come back to clients by its "not found" text. */
  @Test
  void get_notFoundThatRepeatsTheSecret_isWithoutWords() throws IOException {
    Mirror guarded = guarded(new Credentials.Account("ci", file("c4n4ry-pa55word")));
    for (String echo :
        List.of("you: c4n4ry-pa55word!", "you: 4n4ry-pa55wor", base64("ci:c4n4ry-pa55word"))) {
      mirror.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody(echo)));
      assertEquals(new Reply.NotThere(404, ""), guarded.get(small()));
    }
    mirror.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody("no module ci")));
    assertEquals(new Reply.NotThere(404, "no module ci"), guarded.get(small()));
  }

  @Test
  void checkCredentials_aFileThatCannotBeUsed_namesTheMirror() throws IOException {
    guarded(new Credentials.Bearer(file("canary\ncanary")));
    assertEquals(
        "mirrors.guarded.credentials: a secret holds a line feed at character 7 of 13",
        assertThrows(IOException.class, mirrors::checkCredentials).getMessage());
    file("good");
    mirrors.checkCredentials();
    Files.delete(folder.resolve("secret"));
    mirrors.checkCredentials();
    guarded(new Credentials.NetrcFile(folder.resolve("missing")));
    assertEquals(
        "mirrors.guarded.credentials: the file does not exist",
        assertThrows(IOException.class, mirrors::checkCredentials).getMessage());
  }

  private void assertUnavailable(String why, ResponseDefinitionBuilder answer) throws IOException {
    issue(answer);
    mirror.resetRequests();
    Failure failure = failure(guarded(grant()));
    assertEquals(new Failure.NoCredential(why), failure);
    assertFalse(failure.text().contains("c4n4ry"), failure.text());
    mirror.verify(0, anyRequestedFor(anyUrl()));
  }

  private void assertSent(String header, String value, Mirror guarded) {
    mirror.resetRequests();
    assertInstanceOf(Reply.Content.class, guarded.get(small()));
    mirror.verify(getRequestedFor(urlEqualTo(PATH)).withHeader(header, equalTo(value)));
  }

  /** The answers to the first request for a token, the second and so on; the last one stays. */
  private void issue(ResponseDefinitionBuilder... answers) {
    issuer.resetAll();
    for (int i = 0; i < answers.length; i++) {
      issuer.stubFor(
          post(anyUrl())
              .inScenario("tokens")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
              .willSetStateTo("after " + Math.min(i + 1, answers.length - 1))
              .willReturn(answers[i]));
    }
    if (answers.length == 1) {
      issuer.stubFor(post(anyUrl()).willReturn(answers[0]));
    }
  }

  private Credentials.ClientGrant grant() throws IOException {
    return new Credentials.ClientGrant(
        URI.create(issuer.baseUrl() + "/token"),
        "mod gate",
        file("s&cret"),
        Optional.of("a b"),
        Optional.empty());
  }

  private Credentials.Login login(Place place, Use use) throws IOException {
    Path body = Files.writeString(folder.resolve("body"), BODY + "\n");
    return new Credentials.Login(
        URI.create(issuer.baseUrl() + "/login"),
        "POST",
        Optional.of(
            new Credentials.Header(
                "X-Api-Key", new SecretReference.Held(Secret.of("open sesame").orThrow()))),
        Optional.of(new Credentials.Body("application/json", new SecretReference.InFile(body))),
        place,
        Duration.ofMinutes(15),
        use);
  }

  private SecretReference file(String content) throws IOException {
    return new SecretReference.InFile(Files.writeString(folder.resolve("secret"), content));
  }

  private static ResponseDefinitionBuilder json(String body) {
    return aResponse().withHeader("Content-Type", "application/json").withBody(body);
  }

  private static ResponseDefinitionBuilder redirect(String to) {
    return aResponse().withStatus(302).withHeader("Location", to);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private Mirror guarded(Credentials credentials) {
    return mirrors.of(settings(credentials));
  }

  private MirrorSettings settings(Credentials credentials) {
    return Settings.with(Settings.of("guarded", mirror.baseUrl()), credentials);
  }

  private Mirror unguarded(Credentials credentials) {
    ScheduledThreadPoolExecutor clock = HttpClients.clock();
    HttpClients clients =
        new HttpClients(
            settings(credentials),
            Tls.standard(),
            Optional.empty(),
            clock,
            new UpstreamSockets(false),
            _ -> {});
    MirrorCredentials bench = new MirrorCredentials(InstantSource.system(), SecretListener.none());
    return new HttpMirror(
        settings(credentials),
        clients,
        bench.of(settings(credentials), clients),
        new BodyReader(() -> folder.resolve("x")),
        Optional::empty);
  }

  private static MirrorRequest small() {
    return MirrorRequest.inMemory(PATH, 1000);
  }

  private static Failure failure(Mirror mirror) {
    return assertInstanceOf(Reply.Failed.class, mirror.get(small())).failure();
  }
}
