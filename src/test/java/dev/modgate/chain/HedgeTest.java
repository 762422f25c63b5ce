package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A second mirror beside a slow one. What is slow here waits for a latch, not for time. */
final class HedgeTest {

  private static final Reply GOOD = content("good");
  private static final Reply ABSENT = new Reply.NotThere(404, "");

  private final ChainWorld world = new ChainWorld();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger rivalAsked = new AtomicInteger();

  @AfterEach
  void end() {
    threads.close();
  }

  @Test
  void ask_fastFirst_leavesTheRivalAlone() {
    Mirror first = mirror("a", _ -> GOOD);
    assertEquals(List.of(new Hedge.Answer(first, GOOD)), ask(first, rival(GOOD)));
    assertEquals(0, rivalAsked.get());
  }

  @Test
  void ask_slowFirst_isOutrunAndToldToStop() {
    CountDownLatch stopped = new CountDownLatch(1);
    Mirror first = mirror("a", request -> untilStopped(request, stopped));
    Mirror rival = rival(GOOD);
    assertEquals(List.of(new Hedge.Answer(rival, GOOD)), ask(first, rival));
    assertEquals(0, stopped.getCount());
  }

  @Test
  void ask_rivalHasNothing_waitsForTheFirst() {
    CountDownLatch rivalIsDone = new CountDownLatch(1);
    Mirror first =
        mirror(
            "a",
            request -> {
              await(rivalIsDone);
              return request.turn().take() ? GOOD : outrun();
            });
    Mirror rival =
        mirror(
            "b",
            _ -> {
              rivalIsDone.countDown();
              return ABSENT;
            });
    assertEquals(new Hedge.Answer(first, GOOD), ask(first, rival).getLast());
  }

  @Test
  void ask_loserEndsWhileTheWinnerLoads_waitsForTheWinner() {
    CountDownLatch loserIsGone = new CountDownLatch(1);
    Mirror first =
        mirror(
            "a",
            request -> {
              Reply reply = untilStopped(request, new CountDownLatch(1));
              loserIsGone.countDown();
              return reply;
            });
    Mirror rival =
        mirror(
            "b",
            request -> {
              assertTrue(request.turn().take());
              await(loserIsGone);
              return GOOD;
            });
    assertEquals(List.of(new Hedge.Answer(rival, GOOD)), ask(first, rival));
  }

  @Test
  void ask_switchedOff_neverAsksTheRival() {
    Hedge off = new Hedge(world::state, Optional.empty(), threads);
    Mirror first = mirror("a", _ -> ABSENT);
    off.ask(first, Optional.of(rival(GOOD)), MirrorRequest.inMemory("/x", 1));
    assertEquals(0, rivalAsked.get());
  }

  @Test
  void ask_alwaysSlow_keepsToTheBudget() {
    Hedge hedge = new Hedge(world::state, Optional.of(Duration.ofNanos(1)), threads);
    for (int i = 0; i < 20; i++) {
      world.state("a").answered(Duration.ofNanos(1), 1);
    }
    Mirror first =
        mirror(
            "a",
            request -> {
              Sleeper.REAL.sleep(Duration.ofMillis(2));
              return request.turn().take() ? GOOD : outrun();
            });
    Mirror rival = rival(ABSENT);
    for (int i = 0; i < 100; i++) {
      hedge.ask(first, Optional.of(rival), MirrorRequest.inMemory("/x", 1));
    }
    assertTrue(rivalAsked.get() <= 20, rivalAsked + " of 100");
    assertTrue(rivalAsked.get() > 0);
  }

  @Test
  void ask_firstGetsUnwellMeanwhile_asksTheRivalWithoutABudget() {
    CountDownLatch stopped = new CountDownLatch(1);
    Mirror first =
        mirror(
            "a",
            request -> {
              for (int i = 0; i < 3; i++) {
                world.state("a").failed(new Failure.Unreachable("no connection"));
              }
              return untilStopped(request, stopped);
            });
    Mirror rival = rival(GOOD);
    Hedge hedge =
        new Hedge(world::state, Optional.of(Duration.ofMillis(1)), threads, new Budget(0));
    assertEquals(
        List.of(new Hedge.Answer(rival, GOOD)),
        hedge.ask(first, Optional.of(rival), MirrorRequest.inMemory("/x", 1)));
    assertEquals(0, stopped.getCount());
  }

  @Test
  void ask_manyWaitInVain_asksTheRivalWithoutABudget() throws Exception {
    MirrorState state = world.state("a");
    Mirror first = mirror("a", request -> untilStopped(request, new CountDownLatch(1)));
    Mirror rival = rival(GOOD);
    Hedge hedge =
        new Hedge(world::state, Optional.of(Duration.ofMillis(1)), threads, new Budget(0));
    List<Future<List<Hedge.Answer>>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(
          threads.submit(
              () -> hedge.ask(first, Optional.of(rival), MirrorRequest.inMemory("/x", 1))));
    }
    for (Future<List<Hedge.Answer>> one : waiting) {
      assertEquals(List.of(new Hedge.Answer(rival, GOOD)), one.get());
    }
    assertEquals(Health.SUSPECT, state.health());
  }

  @Test
  void take_oneOfMany_winsOnce() {
    Race race = new Race();
    Turn one = race.enter();
    Turn other = race.enter();
    assertTrue(one.take());
    assertTrue(one.take());
    assertFalse(other.take());
    assertTrue(other.isLost());
    assertFalse(one.isLost());
  }

  @Test
  void onLost_closed_isForgotten() {
    Race race = new Race();
    AtomicInteger stops = new AtomicInteger();
    Turn loser = race.enter();
    loser.onLost(stops::incrementAndGet).close();
    assertTrue(race.enter().take());
    assertEquals(0, stops.get());
    loser.onLost(stops::incrementAndGet);
    assertEquals(1, stops.get());
  }

  private List<Hedge.Answer> ask(Mirror first, Mirror rival) {
    for (int i = 0; i < 20; i++) {
      world.state("a").answered(Duration.ofNanos(1), 1);
    }
    Hedge hedge = new Hedge(world::state, Optional.of(Duration.ofMillis(50)), threads);
    return hedge.ask(first, Optional.of(rival), MirrorRequest.inMemory("/x", 1));
  }

  private Mirror rival(Reply reply) {
    return mirror(
        "b",
        request -> {
          rivalAsked.incrementAndGet();
          return !(reply instanceof Reply.Content) || request.turn().take() ? reply : outrun();
        });
  }

  private static Reply untilStopped(MirrorRequest request, CountDownLatch stopped) {
    try (Turn.Watch _ = request.turn().onLost(stopped::countDown)) {
      await(stopped);
    }
    return outrun();
  }

  private static Reply outrun() {
    return new Reply.Failed(new Failure.Outrun());
  }

  private static Reply content(String text) {
    return new Reply.Content(
        new Payload.InMemory(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        Duration.ZERO);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Mirror mirror(String name, Function<MirrorRequest, Reply> behaviour) {
    return new Mirror() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Reply get(MirrorRequest request) {
        return behaviour.apply(request);
      }
    };
  }
}
