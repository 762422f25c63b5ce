package dev.modgate.verify.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On a machine with one processor nobody helps; every rule holds there too. */
final class HelpersTest {

  private final Thread caller = Thread.currentThread();
  private final AtomicInteger helpers = new AtomicInteger();
  private final AtomicInteger callers = new AtomicInteger();

  @Test
  void share_onePart_isDoneByTheCallerAlone() throws IOException {
    Helpers.share(1, () -> helped());
    assertEquals(1, callers.get());
    assertEquals(0, helpers.get());
  }

  @Test
  void share_manyParts_areOfferedToEveryOtherProcessorButNoMoreThanSeven() throws IOException {
    Helpers.share(100, () -> helped());
    assertEquals(1, callers.get());
    int processors = Runtime.getRuntime().availableProcessors();
    assertTrue(helpers.get() <= Math.min(7, processors - 1), helpers + " helpers");
  }

  /** Each share finds the helpers idle or busy; some share finds one. */
  @Test
  void share_againAndAgain_isHelped() throws IOException {
    int shares = 0;
    while (Runtime.getRuntime().availableProcessors() > 1 && helpers.get() == 0) {
      assertTrue(shares < 100_000, "nobody helped");
      Helpers.share(2, () -> helped());
      shares++;
    }
  }

  @Test
  void share_twoParts_areOfferedToOneHelper() throws IOException {
    Helpers.share(2, () -> helped());
    assertTrue(helpers.get() <= 1, helpers + " helpers");
  }

  @Test
  void share_helperThatTakesLonger_isWaitedFor() throws IOException {
    AtomicInteger working = new AtomicInteger();
    Helpers.share(
        100,
        () -> {
          if (helped()) {
            working.incrementAndGet();
            pause();
            working.decrementAndGet();
          }
        });
    assertEquals(0, working.get());
  }

  @Test
  void share_helperThatCannotRead_failsAsTheCallerWould() {
    boolean failed = false;
    try {
      Helpers.share(
          100,
          () -> {
            if (helped()) {
              throw new IOException("of a helper");
            }
          });
    } catch (IOException e) {
      failed = "of a helper".equals(e.getMessage());
    }
    assertEquals(helpers.get() > 0, failed);
  }

  @Test
  void share_helperWithABug_isAnErrorOfOursWithItsCause() throws IOException {
    boolean failed = false;
    try {
      Helpers.share(
          100,
          () -> {
            if (helped()) {
              throw new ArithmeticException("of a helper");
            }
          });
    } catch (IllegalStateException e) {
      failed = e.getCause() instanceof ArithmeticException;
    }
    assertEquals(helpers.get() > 0, failed);
  }

  @Test
  void share_callerThatFails_waitsForItsHelpersFirst() {
    AtomicInteger working = new AtomicInteger();
    assertThrows(
        IOException.class,
        () ->
            Helpers.share(
                100,
                () -> {
                  if (!helped()) {
                    throw new IOException("of the caller");
                  }
                  working.incrementAndGet();
                  pause();
                  working.decrementAndGet();
                }));
    assertEquals(0, working.get());
  }

  @Test
  void offer_asManyAsThereAre_oneMoreIsNotTaken() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    int taken = 0;
    try {
      while (Helpers.offer(() -> await(held))) {
        taken++;
      }
    } finally {
      held.countDown();
    }
    int processors = Runtime.getRuntime().availableProcessors();
    assertTrue(taken <= Math.min(7, processors - 1), taken + " taken");
  }

  /** Each offer finds the helpers idle or busy; some offer finds one, and it is not this thread. */
  @Test
  void offer_againAndAgain_isDoneByAHelper() throws Exception {
    CompletableFuture<Thread> doneBy = new CompletableFuture<>();
    int offers = 0;
    while (Runtime.getRuntime().availableProcessors() > 1
        && !Helpers.offer(() -> doneBy.complete(Thread.currentThread()))) {
      assertTrue(offers < 100_000_000, "nobody helped");
      offers++;
      Thread.onSpinWait();
    }
    if (Runtime.getRuntime().availableProcessors() > 1) {
      assertNotEquals(caller, doneBy.get());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Counts; true on a thread that helps. */
  private boolean helped() {
    boolean helps = Thread.currentThread() != caller;
    (helps ? helpers : callers).incrementAndGet();
    return helps;
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
