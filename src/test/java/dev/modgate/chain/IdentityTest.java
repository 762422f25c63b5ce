package dev.modgate.chain;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.modgate.chain.tls.TlsSettings;
import dev.modgate.fake.FakeAuthority;
import dev.modgate.fake.FakeAuthority.Form;
import dev.modgate.fake.TlsServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mirror that changes its face is taken out, and taken back when it is itself again. */
final class IdentityTest {

  private static final Duration OUT = Duration.ofSeconds(15);
  private static final Failure OTHER_SERVER = new Failure.ChangedFace("the header server");

  private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
  private final Mirrors mirrors = Settings.mirrors();
  private Instant now = Instant.EPOCH;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    mirrors.close();
    server.stop();
  }

  @ParameterizedTest
  @CsvSource({"200", "404", "410", "302"})
  void anAnswerWithAnotherFace_isAFailure(int status) {
    Mirror mirror = mirror(Map.of("server", "gw/1.*"));
    answer(aResponse().withStatus(200).withHeader("Server", "gw/1.7"));
    assertInstanceOf(Reply.Content.class, ask(mirror));
    answer(aResponse().withStatus(status).withHeader("Server", "x").withHeader("Location", "/y"));
    assertEquals(new Reply.Failed(OTHER_SERVER), ask(mirror));
    assertEquals(
        Map.of("m", "changed its face: the header server is not as pinned"),
        mirrors.changedFaces());
    assertEquals(Health.TAKEN_OUT, mirrors.reports().getFirst().health());
  }

  @Test
  void anAnswerWithoutTheHeader_isAFailure() {
    answer(aResponse().withBody("hello"));
    assertEquals(new Reply.Failed(OTHER_SERVER), ask(mirror(Map.of("server", "*"))));
  }

  @Test
  void headersThatComeTwice_areReadAsOne() {
    answer(aResponse().withHeader("Via", "a", "b"));
    assertInstanceOf(Reply.Content.class, ask(mirror(Map.of("via", "a, b"))));
  }

  /** It may come from what stands in front of the mirror, and is a failure as it is. */
  @Test
  void aServerError_isNoQuestionOfTheFace() {
    answer(aResponse().withStatus(502).withHeader("Server", "a balancer"));
    Reply.Failed failed = assertInstanceOf(Reply.Failed.class, ask(mirror(Map.of("server", "gw"))));
    assertInstanceOf(Failure.BadStatus.class, failed.failure());
    assertEquals(Map.of(), mirrors.changedFaces());
  }

  @Test
  void takenOut_isNotAskedUntilTheTimeIsOver() {
    Mirror wire = mirrors.of(Settings.of("m", server.baseUrl()));
    Mirror faced = mirror(Map.of("server", "gw"));
    IdentityMirror mirror = new IdentityMirror(faced, OUT, () -> now);
    answer(aResponse().withHeader("Server", "other"));
    assertEquals(new Reply.Failed(OTHER_SERVER), ask(mirror));
    answer(aResponse().withHeader("Server", "gw"));
    now = now.plus(OUT).minusMillis(1);
    assertEquals(new Reply.Failed(OTHER_SERVER), ask(mirror));
    server.verify(0, WireMock.getRequestedFor(anyUrl()));
    assertEquals(Optional.of(((Failure.ChangedFace) OTHER_SERVER).text()), mirror.alarm());
    assertInstanceOf(Reply.Content.class, ask(wire), "the server itself answers");
  }

  @Test
  void itselfAgain_isTakenBackWhenTheTimeIsOver() {
    Told told = new Told();
    IdentityMirror mirror = new IdentityMirror(told, OUT, () -> now);
    told.reply = new Reply.Failed(OTHER_SERVER);
    ask(mirror);
    told.reply = new Reply.NotThere(404, "");
    now = now.plus(OUT);
    assertEquals(told.reply, ask(mirror));
    assertEquals(Optional.empty(), mirror.alarm());
  }

  @Test
  void whenTheTimeIsOver_oneRequestAsksForAll() {
    Told told = new Told();
    IdentityMirror mirror = new IdentityMirror(told, OUT, () -> now);
    told.reply = new Reply.Failed(OTHER_SERVER);
    ask(mirror);
    now = now.plus(OUT);
    told.reply = new Reply.NotThere(404, "");
    told.meanwhile = () -> assertEquals(new Reply.Failed(OTHER_SERVER), ask(mirror));
    assertEquals(told.reply, ask(mirror));
    assertEquals(2, told.asked);
  }

  @Test
  void aStragglerFromBefore_takesNothingBack() {
    Told told = new Told();
    IdentityMirror mirror = new IdentityMirror(told, OUT, () -> now);
    told.reply = new Reply.NotThere(404, "");
    told.meanwhile =
        () -> {
          told.meanwhile = () -> {};
          Reply good = told.reply;
          told.reply = new Reply.Failed(OTHER_SERVER);
          ask(mirror);
          told.reply = good;
        };
    ask(mirror);
    assertEquals(Optional.of(((Failure.ChangedFace) OTHER_SERVER).text()), mirror.alarm());
  }

  @Test
  void anotherIssuer_isAnotherFace() throws IOException {
    FakeAuthority root = FakeAuthority.root("CN=root,O=Corp");
    try (TlsServer tls = new TlsServer(root.issue(Form.ofServer()))) {
      TlsSettings trusting =
          new TlsSettings(
              List.of(root.certificate()), Set.of(), Set.of(), TlsSettings.Revocation.OFF);
      MirrorSettings settings = Settings.with(Settings.of("m", tls.url()), trusting);
      IdentitySettings right = new IdentitySettings(Map.of(), "CN=*,O=Corp");
      IdentitySettings wrong = new IdentitySettings(Map.of(), "CN=*,O=Other");
      assertInstanceOf(Reply.Content.class, ask(mirrors.of(Settings.with(settings, right))));
      assertEquals(
          new Reply.Failed(new Failure.ChangedFace("the issuer of its certificate")),
          ask(mirrors.of(Settings.with(settings, wrong))));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, abcd, false",
    "abc, ABC, false",
    "'', '', true",
    "'', a, false",
    "*, '', true",
    "*, anything/at all, true",
    "a*, a, true",
    "a*c, abbc, true",
    "a*c, abcd, false",
    "*a*b*, xxaxxbxx, true",
    "*ab, aab, true",
    "*a*b, ba, false",
    "a\\*, a*, true",
    "a\\*, ab, false",
    "a\\\\*, a\\b, true",
  })
  void glob_takesAnyTextForAStar(String glob, String text, boolean matches) {
    assertEquals(matches, new StarGlob(glob).matches(text));
  }

  private Mirror mirror(Map<String, String> headers) {
    return mirrors.of(
        Settings.with(Settings.of("m", server.baseUrl()), new IdentitySettings(headers, "")));
  }

  private void answer(ResponseDefinitionBuilder response) {
    server.resetAll();
    server.stubFor(get(anyUrl()).willReturn(response));
  }

  private static Reply ask(Mirror mirror) {
    return mirror.get(MirrorRequest.inMemory("/x", 100));
  }

  /** Replies as it is told, and lets something happen before. */
  private static final class Told implements Mirror {
    private Reply reply = new Reply.NotThere(404, "");
    private Runnable meanwhile = () -> {};
    private int asked;

    @Override
    public String name() {
      return "m";
    }

    @Override
    public Reply get(MirrorRequest request) {
      asked++;
      Reply now = reply;
      meanwhile.run();
      return now;
    }
  }
}
