package dev.modgate.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.edge.Served;
import dev.modgate.fake.RawServer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time-outs end a test that hangs; none of them decides one. */
@Timeout(60)
final class TrafficMirrorTest {

  private static final long SEED = 11;

  private static TrafficMirror mirror(TrafficEndpoint endpoint, int queue, Duration flush) {
    return new TrafficMirror(
        endpoint, queue, 10, flush, InstantSource.fixed(Lines.TIME), new SplittableRandom(SEED));
  }

  /** Every offer is made by this one thread: if one waited, it would wait for ever. */
  @Test
  void served_endpointNeverAnswers_returnsAndCountsWhatHasNoPlace() throws Exception {
    ScriptedEndpoint endpoint = ScriptedEndpoint.silent();
    try (TrafficMirror mirror = mirror(endpoint, 8, Duration.ofMillis(1))) {
      mirror.served(Lines.served(200));
      endpoint.awaitBatch();
      for (int i = 1; i < 10_000; i++) {
        mirror.served(Lines.served(200));
      }
      assertEquals(new TrafficReport(0, 9_992, 0, 8, 0, 0, Optional.empty()), mirror.report());
    }
  }

  /** The same over a socket: connected, silent. */
  @Test
  void served_serverNeverAnswers_returnsAndCountsWhatHasNoPlace() throws Exception {
    try (RawServer server = RawServer.fallingSilentAfter("")) {
      TrafficEndpoint endpoint =
          new HttpEndpoint(
              new TrafficSettings(
                  URI.create(server.url()),
                  new TrafficSettings.Credential.None(),
                  8,
                  Duration.ofMinutes(1),
                  10));
      try (TrafficMirror mirror = mirror(endpoint, 8, Duration.ofMillis(1))) {
        for (int i = 0; i < 10_000; i++) {
          mirror.served(Lines.served(200));
        }
        assertEquals(new TrafficReport(0, 9_992, 0, 8, 0, 0, Optional.empty()), mirror.report());
      }
    }
  }

  /** The control: an endpoint that answers is sent every line, none is dropped. */
  @Test
  void close_endpointAnswers_everyLineIsSentOnceAndInOrder() {
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying();
    TrafficMirror mirror = mirror(endpoint, 1000, Duration.ofMinutes(1));
    for (int i = 0; i < 1000; i++) {
      mirror.served(Lines.served(200));
    }
    mirror.close();
    assertEquals(Lines.upTo(1000), Lines.numbers(endpoint.given()));
    assertEquals(new TrafficReport(1000, 0, 0, 0, 0, 0, Optional.empty()), mirror.report());
  }

  @Test
  void line_ofAnArtifact_isThese() {
    assertEquals(
        """
        {"run":"%s","number":1,"time":"2026-11-25T12:00:00Z","method":"GET",\
        "path":"/m.test/m/@v/v1.0.0.zip","status":200,"bytes":7,"h1":"h1:abc=","mirror":"corp",\
        "client":"192.0.2.1","trace":"0af7651916cd43dd8448eb211c80319c"}
        """
            .formatted(run()),
        only(Lines.served(200)));
  }

  @Test
  void line_ofARequestThatWasTurnedAway_saysNoMoreThanIsKnown() {
    Served turnedAway =
        new Served(
            "OTHER",
            Optional.empty(),
            405,
            3,
            "192.0.2.1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertEquals(
        """
        {"run":"%s","number":1,"time":"2026-11-25T12:00:00Z","method":"OTHER","status":405,\
        "bytes":3,"client":"192.0.2.1"}
        """
            .formatted(run()),
        only(turnedAway));
  }

  /** Read by another thread than the one that served it, and only when it is sent. */
  @Test
  void served_aBody_isNotReadThere() throws Exception {
    ScriptedEndpoint endpoint = ScriptedEndpoint.silent();
    FakeBody body = FakeBody.inAFile("0123456789".getBytes(UTF_8));
    try (TrafficMirror mirror = mirror(endpoint, 8, Duration.ofMillis(1))) {
      mirror.served(Lines.served(200));
      endpoint.awaitBatch();
      mirror.served(Lines.served(body));
      assertEquals(2, mirror.report().queued());
    }
    assertEquals(0, body.reads());
  }

  @Test
  void line_withABody_holdsItAsBase64() {
    byte[] bytes = {0, -1, '"', '\n', -128, 'z'};
    String line = only(Lines.served(FakeBody.inAFile(bytes)));
    assertTrue(line.contains(",\"bytes\":6,"), line);
    assertArrayEquals(bytes, body(line));
  }

  @Test
  void line_withABodyThatWasSentInPart_holdsThatPart() {
    FakeBody body = FakeBody.inMemory("0123456789".getBytes(UTF_8));
    String line = only(Lines.served(200, 4, Optional.of(body)));
    assertArrayEquals("0123".getBytes(UTF_8), body(line));
  }

  @Test
  void line_withABodyThatIsTooLarge_saysSo() {
    FakeBody body = FakeBody.inAFile(new byte[11]);
    assertTrue(only(Lines.served(body)).endsWith("19c\",\"bodyLeftOut\":\"too-large\"}\n"));
    assertEquals(0, body.reads());
  }

  @Test
  void line_withABodyThatIsGoneOrShorterThanServed_saysSo() {
    FakeBody gone = FakeBody.inAFile(new byte[3]).evict();
    assertTrue(only(Lines.served(gone)).endsWith("19c\",\"bodyLeftOut\":\"gone\"}\n"));
    FakeBody shorter = FakeBody.inAFile(new byte[3]);
    String line = only(Lines.served(200, 4, Optional.of(shorter)));
    assertTrue(line.endsWith("19c\",\"bodyLeftOut\":\"gone\"}\n"), line);
  }

  @Test
  void line_bodiesNotWanted_saysNothingOfThem() {
    FakeBody body = FakeBody.inAFile(new byte[3]);
    TrafficLine line = TrafficLine.of(1, Lines.TIME, Lines.served(body), 0);
    assertFalse(line.json("run").contains("body"), line.json("run"));
    assertEquals(Optional.empty(), line.served().body());
  }

  private static byte[] body(String line) {
    return Base64.getDecoder().decode(line.replaceAll("(?s).*,\"body\":\"(.*)\"}\n", "$1"));
  }

  private static String run() {
    return HexFormat.of().toHexDigits(new SplittableRandom(SEED).nextLong());
  }

  /** What is sent of one answer. */
  private static String only(Served served) {
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying();
    TrafficMirror mirror = mirror(endpoint, 1, Duration.ofMinutes(1));
    mirror.served(served);
    mirror.close();
    assertEquals(1, endpoint.given().size(), List.copyOf(endpoint.given())::toString);
    return endpoint.given().getFirst();
  }
}
