package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOError;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class SingleFlightTest {

  /** Tasks that nobody has run yet. */
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  private final SingleFlight<String, String> flights = new SingleFlight<>(waiting::add);

  @Test
  void start_whileEqualWorkIsGoingOn_joinsIt() {
    CompletableFuture<String> first = flights.start("key", () -> "first");
    CompletableFuture<String> second = flights.start("key", () -> "second");
    CompletableFuture<String> other = flights.start("other", () -> "other");
    assertSame(first, second);
    assertFalse(first.isDone());
    waiting.forEach(Runnable::run);
    assertEquals("first", SingleFlight.await(second));
    assertEquals("other", SingleFlight.await(other));
  }

  @Test
  void start_afterTheWorkHasEnded_startsItAnew() {
    CompletableFuture<String> first = flights.start("key", () -> "first");
    waiting.remove().run();
    CompletableFuture<String> second = flights.start("key", () -> "second");
    assertNotSame(first, second);
    waiting.remove().run();
    assertEquals("second", SingleFlight.await(second));
  }

  @Test
  void await_workThatThrows_throwsTheSameAndIsForgotten() {
    for (Throwable thrown :
        new Throwable[] {new IllegalStateException("bug"), new IOError(new IOException())}) {
      CompletableFuture<String> failed =
          flights.start(
              "key",
              () -> {
                if (thrown instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) thrown;
              });
      waiting.remove().run();
      assertSame(thrown, assertThrows(Throwable.class, () -> SingleFlight.await(failed)));
      CompletableFuture<String> again = flights.start("key", () -> "again");
      waiting.remove().run();
      assertEquals("again", SingleFlight.await(again));
    }
  }

  @Test
  void start_noThreadToBeHad_failsAndIsForgotten() {
    RejectedExecutionException full = new RejectedExecutionException("full");
    SingleFlight<String, String> refused =
        new SingleFlight<>(task -> {
          throw full;
        });
    for (int i = 0; i < 2; i++) {
      assertSame(full, assertThrows(Throwable.class, () -> refused.get("key", () -> "never")));
    }
    assertNotSame(refused.start("key", () -> "a"), refused.start("key", () -> "b"));
  }
}
