package dev.modgate.chain;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.modgate.fake.RawServer;
import dev.modgate.secret.Credentials;
import dev.modgate.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mirror may do to us, over real sockets. */
final class HttpMirrorTest {

  private static final String PATH = "/good.test/!upper/@v/v1.0.0.info";
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @TempDir Path folder;

  private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Mirrors mirrors =
      new Mirrors(
          new Mirrors.Surroundings(
              () -> folder.resolve("spooled-" + System.nanoTime()),
              () -> Optional.of(TRACEPARENT),
              MirrorObserver.NOBODY,
              threads,
              InstantSource.system()));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    mirrors.close();
    threads.close();
    server.stop();
  }

  @Test
  void get_wholeBody_isContent() {
    answer(aResponse().withBody("hello"));
    Reply.Content content = assertInstanceOf(Reply.Content.class, ask());
    Payload.InMemory body = assertInstanceOf(Payload.InMemory.class, content.payload());
    assertArrayEquals("hello".getBytes(UTF_8), body.bytes());
    server.verify(getRequestedFor(urlEqualTo(PATH)).withHeader("User-Agent", equalTo("modgate")));
  }

  @Test
  void get_file_isSpooled() throws IOException {
    answer(aResponse().withBody("a zip"));
    Reply.Content content = assertInstanceOf(Reply.Content.class, mirror().get(file(1000)));
    Payload.Spooled body = assertInstanceOf(Payload.Spooled.class, content.payload());
    assertEquals("a zip", Files.readString(body.file()));
    body.discard();
    assertFalse(Files.exists(body.file()));
  }

  @Test
  void get_tooLong_isCutOffAndLeavesNothing() throws IOException {
    answer(aResponse().withBody("0123456789"));
    assertEquals(new Failure.TooLarge(9), failure(mirror().get(file(9))));
    assertEquals(new Failure.TooLarge(9), failure(mirror().get(MirrorRequest.inMemory(PATH, 9))));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void get_file_isWatchedWhileItGrows() throws IOException {
    Watching watching = new Watching();
    byte[] body = new byte[300_000];
    answer(aResponse().withBody(body));
    Reply reply = mirror().get(file(1 << 20).watched(watching));
    assertInstanceOf(Reply.Content.class, reply);
    assertTrue(watching.sizes.size() > 1, "in more than one piece");
    assertEquals(watching.sizes.stream().sorted().distinct().toList(), watching.sizes);
    assertEquals(300_000L, watching.sizes.getLast());
    assertEquals(0, watching.gone);
    answer(aResponse().withBody("in memory"));
    mirror().get(MirrorRequest.inMemory(PATH, 100).watched(watching));
    assertEquals(300_000L, watching.sizes.getLast(), "what is in memory is not watched");
  }

  @Test
  void get_fileTooLong_isGoneForWhoWatches() throws IOException {
    Watching watching = new Watching();
    answer(aResponse().withBody("0123456789"));
    assertEquals(new Failure.TooLarge(9), failure(mirror().get(file(9).watched(watching))));
    assertEquals(1, watching.gone);
  }

  /** Sees that what it is told is there. */
  private static final class Watching implements Arrivals {
    private final List<Long> sizes = new ArrayList<>();
    private int gone;

    @Override
    public Arrival of(Path file) {
      return new Arrival() {
        @Override
        public void grown(long size) {
          assertTrue(file.toFile().length() >= size, "not there yet");
          sizes.add(size);
        }

        @Override
        public void gone() {
          assertTrue(Files.exists(file), "still there");
          gone++;
        }
      };
    }
  }

  @Test
  void get_notThere_isAnAnswerWithPrintableWords() {
    answer(aResponse().withStatus(410).withBody("gone:\u001b[31m red\n\n" + "x".repeat(200)));
    Reply.NotThere notThere = assertInstanceOf(Reply.NotThere.class, ask());
    assertEquals(410, notThere.status());
    assertTrue(notThere.text().startsWith("gone:?[31m red\nxxx"), notThere.text());
    assertTrue(notThere.text().lines().allMatch(line -> line.length() <= 80));
  }

  @Test
  void get_serverError_isAFailureAndNeverAbsence() {
    answer(aResponse().withStatus(500));
    assertEquals(new Failure.BadStatus(500, Optional.empty()), failure(ask()));
    answer(aResponse().withStatus(429).withHeader("Retry-After", "7"));
    assertEquals(new Failure.BadStatus(429, Optional.of(Duration.ofSeconds(7))), failure(ask()));
    answer(aResponse().withStatus(204));
    assertEquals(new Failure.BadStatus(204, Optional.empty()), failure(ask()));
  }

  @Test
  void get_resetOrEmpty_isUnreachable() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertInstanceOf(Failure.Unreachable.class, failure(ask()));
    answer(aResponse().withFault(Fault.EMPTY_RESPONSE));
    assertInstanceOf(Failure.Unreachable.class, failure(ask()));
  }

  @Test
  void get_nobodyListens_isUnreachable() throws IOException {
    // Bound and never listening: the port is refused, and nobody else can take it meanwhile.
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String url = "http://127.0.0.1:" + bound.getLocalPort();
      Failure failure = failure(mirrors.of(Settings.of("gone", url)).get(small()));
      assertEquals(new Failure.Unreachable("no connection"), failure);
    }
  }

  @Test
  void get_stalledHead_timesOutAtFirstByte() {
    answer(aResponse().withFixedDelay(20_000).withBody("late"));
    assertEquals(new Failure.TimedOut(Failure.TimedOut.Phase.FIRST_BYTE), failure(ask()));
  }

  @Test
  void get_stalledBody_timesOutIdle() throws IOException {
    try (RawServer raw =
        RawServer.fallingSilentAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")) {
      Reply reply = mirrors.of(Settings.of("raw", raw.url())).get(small());
      assertEquals(new Failure.TimedOut(Failure.TimedOut.Phase.IDLE), failure(reply));
    }
  }

  @Test
  void get_trickledBody_timesOutIdle() {
    answer(aResponse().withBody("x".repeat(100)).withChunkedDribbleDelay(50, 30_000));
    assertEquals(new Failure.TimedOut(Failure.TimedOut.Phase.IDLE), failure(ask()));
  }

  @Test
  void get_slowBody_timesOutTotal() {
    answer(aResponse().withBody("x".repeat(900_000)).withChunkedDribbleDelay(500, 30_000));
    assertEquals(
        new Failure.TimedOut(Failure.TimedOut.Phase.TOTAL),
        failure(mirror().get(MirrorRequest.inMemory(PATH, 1_000_000))));
  }

  @Test
  void get_largeFileBrokenOff_keepsItsBeginningAndAsksForTheRest() throws IOException {
    byte[] whole = new byte[1 << 20];
    new Random(1).nextBytes(whole);
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + whole.length + "\r\n\r\n";
    Payload.Partial begun;
    try (RawServer raw = RawServer.answering(head + new String(whole, 0, 700_000, ISO_8859_1))) {
      Reply reply = mirrors.of(Settings.of("raw", raw.url())).get(file(1 << 21));
      begun = assertInstanceOf(Reply.Cut.class, reply).begun();
    }
    assertEquals(700_000, begun.size());
    answer(
        aResponse()
            .withStatus(206)
            .withHeader("Content-Range", "bytes 700000-1048575/1048576")
            .withBody(Arrays.copyOfRange(whole, 700_000, whole.length)));
    Watching watching = new Watching();
    Reply.Content rest =
        assertInstanceOf(
            Reply.Content.class, mirror().get(file(1 << 21).after(begun).watched(watching)));
    assertTrue(watching.sizes.getFirst() > 700_000, "behind the beginning");
    assertEquals(1L << 20, watching.sizes.getLast());
    assertEquals(0, watching.gone);
    Payload.Spooled spooled = assertInstanceOf(Payload.Spooled.class, rest.payload());
    assertArrayEquals(whole, Files.readAllBytes(spooled.file()));
    server.verify(getRequestedFor(urlEqualTo(PATH)).withHeader("Range", equalTo("bytes=700000-")));
  }

  @Test
  void get_partThatWasNotAskedFor_isBroken() throws IOException {
    Path file = Files.write(folder.resolve("begun"), new byte[5]);
    Payload.Partial begun = new Payload.Partial(file, 5);
    for (String range :
        List.of("bytes 4-8/9", "bytes 6-8/9", "bytes 5-7/9", "bytes 5-8/*", "5-8/9", "")) {
      answer(aResponse().withStatus(206).withHeader("Content-Range", range).withBody("rest"));
      assertEquals(
          new Failure.Broken("sent a part that was not asked for"),
          failure(mirror().get(file(100).after(begun))),
          range);
    }
    answer(aResponse().withStatus(206).withHeader("Content-Range", "bytes 0-3/4").withBody("part"));
    assertEquals(
        new Failure.Broken("sent a part that was not asked for"), failure(mirror().get(file(9))));
  }

  @Test
  void get_rangeIgnored_isTheWholeInAnotherFile() throws IOException {
    Path file = Files.write(folder.resolve("begun"), new byte[5]);
    answer(aResponse().withBody("the whole"));
    Reply reply = mirror().get(file(100).after(new Payload.Partial(file, 5)));
    Reply.Content content = assertInstanceOf(Reply.Content.class, reply);
    Payload.Spooled spooled = assertInstanceOf(Payload.Spooled.class, content.payload());
    assertEquals("the whole", Files.readString(spooled.file()));
    assertFalse(spooled.file().equals(file));
  }

  @Test
  void get_smallFileBrokenOff_leavesNothing() throws IOException {
    try (RawServer raw =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello")) {
      Reply reply = mirrors.of(Settings.of("raw", raw.url())).get(file(1000));
      assertInstanceOf(Failure.Broken.class, failure(reply));
    }
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void get_fetchDeadlineHasPassed_timesOutTotal() {
    answer(aResponse().withBody("too late"));
    Deadline now = Deadline.in(Duration.ZERO);
    assertEquals(
        new Failure.TimedOut(Failure.TimedOut.Phase.TOTAL), failure(mirror().get(small().by(now))));
  }

  @Test
  void get_turnIsTaken_isOutrunWithoutABody() {
    answer(aResponse().withBody("hello"));
    Race race = new Race();
    assertTrue(race.enter().take());
    assertEquals(new Failure.Outrun(), failure(mirror().get(small().with(race.enter()))));
  }

  @Test
  void get_healthIsProbed_untilTheMirrorIsDownAndUpAgain() throws InterruptedException {
    answer(aResponse().withStatus(500));
    MirrorSettings s = Settings.withProbe(Settings.of("probed", server.baseUrl()), "/healthz");
    mirrors.of(s);
    awaitHealth(Health.DOWN);
    answer(aResponse().withBody("fine"));
    awaitHealth(Health.HEALTHY);
    server.verify(
        com.github.tomakehurst.wiremock.client.WireMock.moreThanOrExactly(2),
        getRequestedFor(urlEqualTo("/healthz")));
  }

  @Test
  void get_probeFindsTheMirrorUpAgain_doesNotWaitForTheBreaker() throws InterruptedException {
    answer(aResponse().withStatus(500));
    Mirror mirror =
        mirrors.of(Settings.withProbe(Settings.of("probed", server.baseUrl()), "/healthz"));
    awaitHealth(Health.DOWN);
    while (!failure(mirror.get(small())).equals(new Failure.BreakerOpen())) {
      // Its breaker opens after four failures, for a minute.
    }
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    answer(aResponse().withBody("fine"));
    while (!(mirror.get(small()) instanceof Reply.Content)) {
      assertTrue(System.nanoTime() < end, "its breaker is still open");
      Thread.sleep(10);
    }
  }

  private void awaitHealth(Health health) throws InterruptedException {
    while (!mirrors.reports().getFirst().health().equals(health)) {
      Thread.sleep(10);
    }
  }

  @Test
  void get_aLookupsOwnDeadline_replacesTheMirrors() {
    answer(aResponse().withFixedDelay(4500).withBody("late but fine"));
    assertInstanceOf(Reply.Content.class, mirror().get(small().within(Duration.ofSeconds(30))));
  }

  @Test
  void get_redirectOnTheSameOrigin_isFollowed() {
    server.stubFor(get(urlEqualTo(PATH)).willReturn(redirect("/elsewhere?sig=secret")));
    server.stubFor(get(urlEqualTo("/elsewhere?sig=secret")).willReturn(aResponse().withBody("!")));
    assertInstanceOf(Reply.Content.class, ask());
  }

  @Test
  void get_redirectInsideTheNetwork_isRefusedWithoutAConnection() throws IOException {
    try (RawServer inside = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")) {
      answer(redirect(inside.url() + "/metadata"));
      assertEquals(
          new Failure.Broken("sent a redirect to an address that is not public"), failure(ask()));
      assertEquals(0, inside.connections());
    }
  }

  @Test
  void get_endlessRedirects_end() {
    answer(redirect(PATH));
    assertEquals(new Failure.Broken("sent more than 9 redirects"), failure(ask()));
    server.verify(10, getRequestedFor(urlEqualTo(PATH)));
  }

  @Test
  void get_encodingThatWasNotAskedFor_isBroken() {
    answer(aResponse().withHeader("Content-Encoding", "br").withBody("zzz"));
    assertEquals(new Failure.Broken("sent an encoding that was not asked for"), failure(ask()));
  }

  @Test
  void get_ambiguousFraming_isBroken() throws IOException {
    assertBroken("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!");
    assertBroken("Content-Length: +5\r\n\r\nhello");
    assertBroken("Content-Length: -5\r\n\r\nhello");
    assertBroken("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    assertBroken("Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    assertBroken("\r\nhello, until I hang up");
  }

  @Test
  void get_truncatedBody_isBroken() throws IOException {
    assertBroken("Content-Length: 50\r\n\r\nhello");
    assertBroken("Transfer-Encoding: chunked\r\n\r\n50\r\nhello");
  }

  @Test
  void get_credentials_goToTheOwnOrigin() {
    answer(aResponse().withBody("ok"));
    Secret pair = Secret.of("ali:open sesame").orThrow();
    MirrorSettings settings =
        Settings.with(Settings.of("guarded", server.baseUrl()), new Credentials.Basic(pair));
    assertInstanceOf(Reply.Content.class, mirrors.of(settings).get(small()));
    server.verify(
        getRequestedFor(anyUrl())
            .withBasicAuth(
                new com.github.tomakehurst.wiremock.client.BasicCredentials("ali", "open sesame")));
    assertFalse(settings.toString().contains("sesame"));
  }

  @Test
  void get_traceContext_goesToMirrorsThatMaySeeIt() {
    answer(aResponse().withBody("ok"));
    ask();
    server.verify(getRequestedFor(anyUrl()).withoutHeader("traceparent"));
    MirrorSettings trusted = Settings.withTraceContext(Settings.of("t", server.baseUrl()));
    mirrors.of(trusted).get(small());
    server.verify(getRequestedFor(anyUrl()).withHeader("traceparent", equalTo(TRACEPARENT)));
  }

  private void assertBroken(String headAndBody) throws IOException {
    try (RawServer raw = RawServer.answering("HTTP/1.1 200 OK\r\n" + headAndBody)) {
      Reply reply = mirrors.of(Settings.of("raw", raw.url())).get(small());
      assertInstanceOf(Failure.Broken.class, failure(reply), headAndBody);
    }
  }

  private void answer(ResponseDefinitionBuilder response) {
    server.resetAll();
    server.stubFor(get(anyUrl()).willReturn(response));
  }

  private static ResponseDefinitionBuilder redirect(String to) {
    return aResponse().withStatus(302).withHeader("Location", to);
  }

  private Reply ask() {
    return mirror().get(small());
  }

  private Mirror mirror() {
    return mirrors.of(Settings.of("wire", server.baseUrl()));
  }

  private static MirrorRequest small() {
    return MirrorRequest.inMemory(PATH, 1000);
  }

  private static MirrorRequest file(long limit) {
    return MirrorRequest.file(PATH, limit);
  }

  private static Failure failure(Reply reply) {
    return assertInstanceOf(Reply.Failed.class, reply).failure();
  }
}
