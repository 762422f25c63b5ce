package dev.modgate.verify.sumdb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Does equal work once while it is going on. The work runs on a thread of its own, so that a caller
 * who goes away does not take it along. No result is remembered after it is delivered.
 */
final class SingleFlight<K, V> {

  private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
  private final Executor executor;

  SingleFlight(Executor executor) {
    this.executor = executor;
  }

  /** Waits for the result; an exception of the work is thrown to all who wait. */
  V get(K key, Supplier<V> work) {
    return await(start(key, work));
  }

  /** Starts the work unless it is going on. */
  CompletableFuture<V> start(K key, Supplier<V> work) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> flying = flights.putIfAbsent(key, mine);
    if (flying != null) {
      return flying;
    }
    try {
      executor.execute(() -> fly(key, mine, work));
    } catch (RuntimeException e) {
      flights.remove(key, mine);
      mine.completeExceptionally(e);
    }
    return mine;
  }

  /** Removes the flight before it is complete: who has its result starts a new one. */
  private void fly(K key, CompletableFuture<V> flight, Supplier<V> work) {
    V result;
    try {
      result = work.get();
    } catch (RuntimeException | Error e) {
      flights.remove(key, flight);
      flight.completeExceptionally(e);
      return;
    }
    flights.remove(key, flight);
    flight.complete(result);
  }

  /** Waits for the result of {@link #start}. */
  static <V> V await(CompletableFuture<V> flight) {
    try {
      return flight.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
