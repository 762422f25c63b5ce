package dev.modgate.pipeline;

import dev.modgate.protocol.Request;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** The single flights of all module requests: one request, one fetch, however many wait for it. */
public final class Flights {

  /** Fetches under way; one more is turned away. */
  private static final int MOST = 1024;

  private final SingleFlight<Request, Outcome> flights;

  /**
   * @param threads runs one flight a task; flights block
   */
  public Flights(Executor threads) {
    this.flights = new SingleFlight<>(threads, MOST, Outcomes.overloaded());
  }

  Outcome join(Request request, Callable<Outcome> work) throws InterruptedException {
    return flights.join(request, work);
  }
}
