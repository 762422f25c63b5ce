package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetryMirrorTest {

  private static final Reply GOOD =
      new Reply.Content(new Payload.InMemory(new byte[1]), Duration.ZERO);
  private static final Reply DOWN = new Reply.Failed(new Failure.Unreachable("no connection"));

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final List<Integer> resends = new ArrayList<>();
  private int asked;

  @Test
  void get_noConnection_isAskedAgainAfterAShortPause() {
    assertEquals(GOOD, play(2, 10, DOWN, GOOD));
    assertEquals(1, pauses.size());
    assertTrue(pauses.getFirst().toMillis() >= 25 && pauses.getFirst().toMillis() <= 50);
  }

  @Test
  void get_attemptsUsedUp_isTheLastFailure() {
    assertEquals(DOWN, play(3, 10, status(503), status(503), DOWN));
    assertEquals(3, asked);
  }

  @Test
  void get_askedAgain_saysWhyAndCounts() {
    play(3, 100, status(503), DOWN, GOOD);
    assertEquals(List.of("status", "unreachable"), reasons);
    assertEquals(List.of(0, 1, 2), resends);
  }

  @Test
  void get_oneAttempt_isNeverAskedAgain() {
    assertEquals(DOWN, play(1, 10, DOWN));
    assertEquals(1, asked);
  }

  @Test
  void get_retryAfter_isWaitedFor() {
    Reply later = new Reply.Failed(new Failure.BadStatus(429, Optional.of(Duration.ofSeconds(1))));
    assertEquals(GOOD, play(2, 10, later, GOOD));
    assertEquals(List.of(Duration.ofSeconds(1)), pauses);
  }

  @Test
  void get_longRetryAfter_isAFailureAtOnce() {
    Reply later = new Reply.Failed(new Failure.BadStatus(429, Optional.of(Duration.ofSeconds(2))));
    assertEquals(later, play(2, 10, later));
    assertEquals(1, asked);
  }

  @Test
  void get_anAnswerOrItsBeginning_isNeverAskedAgain() {
    for (Reply reply :
        List.of(
            GOOD,
            new Reply.NotThere(404, ""),
            status(500),
            status(403),
            new Reply.Failed(new Failure.Broken("broke off")),
            new Reply.Failed(new Failure.TimedOut(Failure.TimedOut.Phase.FIRST_BYTE)),
            new Reply.Failed(new Failure.BreakerOpen()),
            new Reply.Cut(new Failure.Broken("x"), new Payload.Partial(Path.of("x"), 1)))) {
      asked = 0;
      assertEquals(reply, play(5, 100, reply));
      assertEquals(1, asked);
    }
  }

  @Test
  void get_budgetUsedUp_asksOnce() {
    RetryMirror mirror = mirror(2, 10);
    for (int i = 0; i < 1000; i++) {
      replies.add(DOWN);
      replies.add(DOWN);
      mirror.get(request());
      replies.clear();
    }
    assertTrue(asked - 1000 <= 110, asked + " requests");
    assertTrue(asked - 1000 >= 100, asked + " requests");
  }

  @Test
  void get_deadlineIsNear_asksOnce() {
    replies.add(DOWN);
    mirror(2, 10).get(request().by(Deadline.in(Duration.ofMillis(1))));
    assertEquals(1, asked);
  }

  private static Reply status(int status) {
    return new Reply.Failed(new Failure.BadStatus(status, Optional.empty()));
  }

  private Reply play(int attempts, int budget, Reply... script) {
    replies.addAll(List.of(script));
    return mirror(attempts, budget).get(request());
  }

  private static MirrorRequest request() {
    return MirrorRequest.inMemory("/x", 1);
  }

  private RetryMirror mirror(int attempts, int budget) {
    Random random = new Random(1);
    return new RetryMirror(
        new Scripted(),
        new MirrorSettings.Retry(attempts, budget),
        () -> random,
        pause -> pauses.add(pause),
        because -> reasons.add(because.type()));
  }

  private final class Scripted implements Mirror {
    @Override
    public String name() {
      return "m";
    }

    @Override
    public Reply get(MirrorRequest request) {
      resends.add(request.resends());
      asked++;
      return replies.remove();
    }
  }
}
