package dev.modgate.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.traffic.TrafficEndpoint.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every pause is written down instead of waited for. */
final class TrafficSenderTest {

  private static final Delivery BUSY = new Delivery.NotNow("it answered 500");

  private final List<Duration> pauses = new ArrayList<>();

  private TrafficSender sender(Backlog backlog, TrafficEndpoint endpoint) {
    return new TrafficSender(backlog, endpoint, "run", 100, pauses::add);
  }

  @Test
  void round_fullBatch_isSentAtOnceAndInOrder() throws Exception {
    Backlog backlog = Lines.backlog(1000, 300);
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying();
    TrafficSender sender = sender(backlog, endpoint);
    sender.round();
    assertEquals(List.of(), pauses);
    assertEquals(Lines.upTo(256), Lines.numbers(endpoint.given()));
    sender.round();
    assertEquals(Lines.upTo(300), Lines.numbers(endpoint.given()));
    assertEquals(300, sender.sent());
    assertEquals(0, backlog.size());
  }

  @Test
  void round_fewLines_waitsForMoreAndNotForEver() throws Exception {
    Backlog backlog = Lines.backlog(10, 1);
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying();
    sender(backlog, endpoint).round();
    assertEquals(Collections.nCopies(10, TrafficSender.LOOK), pauses);
    assertEquals(1, endpoint.given().size());
  }

  @Test
  void round_noLine_sendsNothing() throws Exception {
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying();
    sender(new Backlog(1), endpoint).round();
    assertEquals(List.of(), endpoint.given());
  }

  @Test
  void round_endpointFails_backsOffAndSendsTheSameBatchAgain() throws Exception {
    Backlog backlog = Lines.backlog(300, 300);
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying(BUSY, BUSY);
    TrafficSender sender = sender(backlog, endpoint);
    sender.round();
    assertEquals(Optional.of("it answered 500"), sender.trouble());
    assertFalse(backlog.offer(Lines.line(301)), "what is under way keeps its places");
    sender.round();
    assertEquals(List.of(Duration.ofMillis(500), Duration.ofSeconds(1)), pauses);
    sender.round();
    assertEquals(3, endpoint.given().size());
    assertEquals(1, endpoint.given().stream().distinct().count());
    assertEquals(256, sender.sent());
    assertEquals(2, sender.failed());
    assertEquals(Optional.empty(), sender.trouble());
    assertEquals(44, backlog.size());
  }

  @Test
  void round_endpointStaysDead_backsOffForHalfAMinuteAtMost() throws Exception {
    Delivery[] dead = Collections.nCopies(12, BUSY).toArray(Delivery[]::new);
    TrafficSender sender = sender(Lines.backlog(300, 300), ScriptedEndpoint.saying(dead));
    for (int i = 0; i < dead.length; i++) {
      sender.round();
    }
    assertEquals(Duration.ofSeconds(30), pauses.getLast());
    assertEquals(Duration.ofSeconds(30), Collections.max(pauses));
    pauses.clear();
    sender.round();
    assertEquals(List.of(), pauses);
  }

  @Test
  void round_batchIsRejected_isCountedAndNotSentAgain() throws Exception {
    Backlog backlog = Lines.backlog(300, 300);
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying(new Delivery.Rejected(413));
    TrafficSender sender = sender(backlog, endpoint);
    sender.round();
    assertEquals(Optional.of("it answered 413"), sender.trouble());
    sender.round();
    assertEquals(Lines.upTo(300), Lines.numbers(endpoint.given()));
    assertEquals(256, sender.rejected());
    assertEquals(44, sender.sent());
    assertEquals(0, backlog.size());
  }

  @Test
  void round_endpointThrows_isAFailureLikeAnother() throws Exception {
    Backlog backlog = Lines.backlog(300, 300);
    TrafficSender sender = sender(backlog, new Throwing());
    sender.round();
    sender.round();
    assertEquals(2, sender.failed());
    assertEquals(300, backlog.size());
  }

  @Test
  void flush_manyBatches_sendsAllWithoutAPause() throws Exception {
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying();
    sender(Lines.backlog(1000, 600), endpoint).flush();
    assertEquals(Lines.upTo(600), Lines.numbers(endpoint.given()));
    assertEquals(List.of(), pauses);
  }

  @Test
  void flush_endpointFails_givesUp() throws Exception {
    Backlog backlog = Lines.backlog(1000, 600);
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying(new Delivery.Taken(), BUSY);
    sender(backlog, endpoint).flush();
    assertEquals(2, endpoint.given().size());
    assertEquals(344, backlog.size());
  }

  @Test
  void round_bodies_batchHoldsNoMoreOfThemThanOneMayHave() throws Exception {
    Backlog backlog = new Backlog(10);
    int number = 0;
    for (int size : new int[] {40, 60, 1, 100, 99}) {
      backlog.offer(Lines.line(++number, FakeBody.inAFile(new byte[size])));
    }
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying();
    sender(backlog, endpoint).flush();
    assertEquals(
        List.of(List.of(1, 2), List.of(3), List.of(4), List.of(5)),
        endpoint.given().stream().map(batch -> Lines.numbers(List.of(batch))).toList());
  }

  /** It is read for each attempt, and nothing of it is kept meanwhile. */
  @Test
  void round_bodyIsGoneWhenItIsSentAgain_saysSo() throws Exception {
    Backlog backlog = new Backlog(10);
    FakeBody body = FakeBody.inAFile("abc".getBytes(UTF_8));
    backlog.offer(Lines.line(1, body));
    ScriptedEndpoint endpoint = ScriptedEndpoint.saying(BUSY);
    TrafficSender sender = sender(backlog, endpoint);
    sender.round();
    assertTrue(endpoint.given().getFirst().endsWith(",\"body\":\"YWJj\"}\n"));
    assertEquals(0, sender.leftOut());
    body.evict();
    sender.round();
    assertTrue(endpoint.given().getLast().endsWith(",\"bodyLeftOut\":\"gone\"}\n"));
    assertEquals(2, body.reads());
    assertEquals(1, sender.sent());
    assertEquals(1, sender.leftOut());
  }

  @Test
  void round_batchIsRejected_leftOutDoesNotCountIt() throws Exception {
    Backlog backlog = new Backlog(10);
    backlog.offer(Lines.line(1, FakeBody.inAFile(new byte[3]).evict()));
    TrafficSender sender = sender(backlog, ScriptedEndpoint.saying(new Delivery.Rejected(400)));
    sender.round();
    assertEquals(1, sender.rejected());
    assertEquals(0, sender.leftOut());
  }

  private static final class Throwing implements TrafficEndpoint {
    @Override
    public Delivery deliver(List<byte[]> lines) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public void close() {}
  }
}
