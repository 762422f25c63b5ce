package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mirror with one place, for which requests wait for up to an hour. */
@Timeout(60)
final class BulkheadMirrorTest {

  private static final Reply GOOD =
      new Reply.Content(new Payload.InMemory(new byte[0]), Duration.ofMillis(1));
  private static final Reply BUSY = new Reply.Failed(new Failure.Busy());
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final AtomicLong nanos = new AtomicLong();
  private final Semaphore answers = new Semaphore(0);
  private final Semaphore asked = new Semaphore(0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Duration takes = Duration.ZERO;

  private final BulkheadMirror mirror =
      new BulkheadMirror(
          new Held(),
          Bulkhead.of(
              "m", BulkheadConfig.custom().maxConcurrentCalls(1).maxWaitDuration(PATIENCE).build()),
          nanos::get);

  @AfterEach
  void end() {
    answers.release(100);
    threads.close();
  }

  @Test
  void get_placesAreHeldForShort_waits() throws Exception {
    answered(Duration.ofSeconds(1));
    Future<Reply> first = ask();
    asked.acquire();
    List<Future<Reply>> queue = List.of(ask(), ask(), ask());
    await(3);
    answers.release(4);
    assertEquals(GOOD, first.get());
    for (Future<Reply> each : queue) {
      assertEquals(GOOD, each.get());
    }
  }

  /**
   * With 14 minutes for each, two can be served within half an hour, and a third would wait in
   * vain.
   */
  @Test
  void get_moreWaitThanCanBeServed_isBusyAtOnce() throws Exception {
    answered(Duration.ofMinutes(14));
    Future<Reply> first = ask();
    asked.acquire();
    List<Future<Reply>> queue = List.of(ask(), ask());
    await(2);
    assertEquals(BUSY, mirror.get(request()));
    assertEquals(2, mirror.waiting());
    answers.release(3);
    assertEquals(GOOD, first.get());
    for (Future<Reply> each : queue) {
      assertEquals(GOOD, each.get());
    }
  }

  @Test
  void get_placeIsFree_isAskedHoweverLongItTook() {
    answered(Duration.ofHours(1));
    answered(Duration.ofHours(1));
  }

  @Test
  void get_mirrorGrowsFaster_queueMayGrowAgain() throws Exception {
    answered(Duration.ofHours(1));
    for (int i = 0; i < 100; i++) {
      answered(Duration.ofSeconds(1));
    }
    Future<Reply> first = ask();
    asked.acquire();
    Future<Reply> second = ask();
    await(1);
    answers.release(2);
    assertEquals(GOOD, first.get());
    assertEquals(GOOD, second.get());
  }

  /** One request that takes so long by the clock of the mirror under test. */
  private void answered(Duration time) {
    takes = time;
    answers.release();
    assertEquals(GOOD, mirror.get(request()));
    assertTrue(asked.tryAcquire());
    takes = Duration.ZERO;
  }

  private Future<Reply> ask() {
    return threads.submit(() -> mirror.get(request()));
  }

  private void await(int waiting) {
    while (mirror.waiting() < waiting) {
      Thread.onSpinWait();
    }
  }

  private static MirrorRequest request() {
    return MirrorRequest.inMemory("/x", 1);
  }

  /** Answers when it is told to. */
  private final class Held implements Mirror {
    @Override
    public String name() {
      return "m";
    }

    @Override
    public Reply get(MirrorRequest request) {
      asked.release();
      answers.acquireUninterruptibly();
      nanos.addAndGet(takes.toNanos());
      return GOOD;
    }
  }
}
