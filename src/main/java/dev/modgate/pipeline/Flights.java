package dev.modgate.pipeline;

import dev.modgate.protocol.Request;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** The single flights of all module requests: one request, one fetch, however many wait for it. */
public final class Flights {

  /** Fetches under way; one more is turned away. */
  private static final int MOST = 1024;

  private final SingleFlight<Request, Outcome> flights;
  private final Duration patience;

  /**
   * @param threads runs one flight a task; flights block
   * @param patience how long a client waits; the flight goes on without it
   */
  public Flights(Executor threads, Duration patience) {
    this.flights = new SingleFlight<>(threads, MOST, Outcomes.overloaded());
    this.patience = patience;
  }

  /** Fetches under way. */
  public int underWay() {
    return flights.underWay();
  }

  Outcome join(Request request, Callable<Outcome> work) throws InterruptedException {
    return flights.join(request, work, patience).orElseGet(Outcomes::stillUnderWay);
  }
}
