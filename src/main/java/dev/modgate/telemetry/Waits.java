package dev.modgate.telemetry;

import dev.modgate.edge.RequestObserver;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the work of one request has waited for; travels with its context from thread to thread. */
final class Waits {

  /** Of one request; further ones are not noted. */
  private static final int MOST = 32;

  private static final ContextKey<Waits> KEY = ContextKey.named("modgate-waits");

  private final List<RequestObserver.Wait> ended = new ArrayList<>();

  /** The context in which this is the place to note. */
  Context in(Context context) {
    return context.with(KEY, this);
  }

  /** Those of the request that this thread works for. */
  static Optional<Waits> current() {
    return Optional.ofNullable(Context.current().get(KEY));
  }

  /**
   * Notes one that has ended.
   *
   * @param start of {@link System#nanoTime}
   */
  synchronized void note(String on, long start, Optional<String> failure) {
    if (ended.size() < MOST) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      ended.add(new RequestObserver.Wait(on, took, failure));
    }
  }

  synchronized List<RequestObserver.Wait> ended() {
    return List.copyOf(ended);
  }
}
