package dev.modgate.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One piece of work for all who want its result at the same time. It runs on a thread of its own:
 * no client owns it, so none can end it by leaving.
 */
final class SingleFlight<K, V> {

  private final Map<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
  private final Executor threads;
  private final int most;
  private final V overloaded;

  /**
   * @param most flights at once
   * @param overloaded the result of one flight too many
   */
  SingleFlight(Executor threads, int most, V overloaded) {
    this.threads = threads;
    this.most = most;
    this.overloaded = overloaded;
  }

  /** Flights under way. */
  int underWay() {
    return flights.size();
  }

  /**
   * Waits for the result of the flight that is under way, or starts one.
   *
   * @return empty if it takes longer than the patience; the flight goes on
   */
  Optional<V> join(K key, Callable<V> work, Duration patience) throws InterruptedException {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> running = flights.putIfAbsent(key, mine);
    if (running == null) {
      start(key, mine, work);
      running = mine;
    }
    try {
      return Optional.of(running.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a flight must end with a value", e.getCause());
    }
  }

  private void start(K key, CompletableFuture<V> mine, Callable<V> work) {
    if (flights.size() > most) {
      flights.remove(key, mine);
      mine.complete(overloaded);
      return;
    }
    threads.execute(() -> fly(key, mine, work));
  }

  /** Leaves the map before it lands: who asks afterwards starts anew and gets no old result. */
  private void fly(K key, CompletableFuture<V> mine, Callable<V> work) {
    V result;
    try {
      result = work.call();
    } catch (Throwable e) {
      flights.remove(key, mine);
      mine.completeExceptionally(e);
      return;
    }
    flights.remove(key, mine);
    mine.complete(result);
  }
}
