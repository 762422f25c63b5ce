package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BreakerMirrorTest {

  private static final Reply GOOD =
      new Reply.Content(new Payload.InMemory(new byte[0]), Duration.ofMillis(1));
  private static final Reply ABSENT = new Reply.NotThere(404, "");
  private static final Reply BAD = status(500);
  private static final Reply SLOW =
      new Reply.Content(new Payload.InMemory(new byte[0]), Duration.ofSeconds(9));

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "m",
          CircuitBreakerConfig.custom()
              .slidingWindowSize(4)
              .minimumNumberOfCalls(4)
              .failureRateThreshold(50)
              .slowCallRateThreshold(50)
              .slowCallDurationThreshold(Duration.ofSeconds(5))
              .permittedNumberOfCallsInHalfOpenState(2)
              .build());
  private final Mirror mirror = new BreakerMirror(new Scripted(), breaker);

  @Test
  void get_manyAbsences_keepTheBreakerClosed() {
    play(ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT);
    assertEquals(CircuitBreaker.State.CLOSED, breaker.getState());
  }

  @Test
  void get_manyRefusals_keepTheBreakerClosed() {
    play(status(403), status(401), status(403), status(400));
    assertEquals(CircuitBreaker.State.CLOSED, breaker.getState());
  }

  @Test
  void get_tooManyRequests_openIt() {
    play(status(429), status(429), status(429), status(429));
    assertEquals(CircuitBreaker.State.OPEN, breaker.getState());
  }

  @Test
  void get_halfFailures_openIt() {
    play(GOOD, BAD, GOOD, BAD);
    assertEquals(CircuitBreaker.State.OPEN, breaker.getState());
    Reply.Failed kept = assertInstanceOf(Reply.Failed.class, mirror.get(request()));
    assertEquals(new Failure.BreakerOpen(), kept.failure());
  }

  @Test
  void get_slowFirstBytes_openIt() {
    play(SLOW, SLOW, GOOD, GOOD);
    assertEquals(CircuitBreaker.State.OPEN, breaker.getState());
  }

  @Test
  void get_ownTroubles_areNotTheMirrorsFault() {
    Reply busy = new Reply.Failed(new Failure.Busy());
    Reply disk = new Reply.Failed(new Failure.LocalDisk());
    play(busy, disk, busy, disk, busy);
    assertEquals(CircuitBreaker.State.CLOSED, breaker.getState());
  }

  @Test
  void get_halfOpenAndGood_closesAgain() {
    play(BAD, BAD, BAD, BAD);
    breaker.transitionToHalfOpenState();
    play(GOOD, GOOD);
    assertEquals(CircuitBreaker.State.CLOSED, breaker.getState());
  }

  private static Reply status(int status) {
    return new Reply.Failed(new Failure.BadStatus(status, Optional.empty()));
  }

  private void play(Reply... script) {
    for (Reply reply : script) {
      replies.add(reply);
      mirror.get(request());
    }
  }

  private static MirrorRequest request() {
    return MirrorRequest.inMemory("/x", 1);
  }

  private final class Scripted implements Mirror {
    @Override
    public String name() {
      return "m";
    }

    @Override
    public Reply get(MirrorRequest request) {
      return replies.remove();
    }
  }
}
