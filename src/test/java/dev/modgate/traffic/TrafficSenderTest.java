package dev.modgate.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
    return new TrafficSender(backlog, endpoint, "run", pauses::add);
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

  private static final class Throwing implements TrafficEndpoint {
    @Override
    public Delivery deliver(byte[] lines) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public void close() {}
  }
}
