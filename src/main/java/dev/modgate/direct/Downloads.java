package dev.modgate.direct;

import dev.modgate.chain.Reply;
import dev.modgate.direct.GoRunner.Brought;
import dev.modgate.direct.GoRunner.Nothing;
import dev.modgate.direct.GoRunner.Outcome;
import dev.modgate.verify.module.ModuleVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** One run for the three files of a version, whoever asks for them, at once or soon after. */
final class Downloads {

  private final Shelf shelf;
  private final Map<ModuleVersion, CompletableFuture<Outcome<Download>>> running = new HashMap<>();

  Downloads(Shelf shelf) {
    this.shelf = shelf;
  }

  /**
   * Answers from the download of a version.
   *
   * @param run fetches it, if nobody does yet and it is not kept
   * @param part what of it; empty if it was there and is taken, so that it is fetched again
   */
  Reply get(
      ModuleVersion version,
      Supplier<Outcome<Download>> run,
      Function<Download, Optional<Reply>> part) {
    while (true) {
      switch (obtain(version, run)) {
        case Nothing<Download>(Reply reply) -> {
          return reply;
        }
        case Brought<Download>(Download download) -> {
          Optional<Reply> reply = part.apply(download);
          if (reply.isPresent()) {
            return reply.get();
          }
          forget(version, download);
        }
      }
    }
  }

  private synchronized void forget(ModuleVersion version, Download taken) {
    if (shelf.find(version).filter(kept -> kept.equals(taken)).isPresent()) {
      shelf.remove(version);
    }
  }

  private Outcome<Download> obtain(ModuleVersion version, Supplier<Outcome<Download>> run) {
    CompletableFuture<Outcome<Download>> flight;
    boolean isFirst;
    synchronized (this) {
      Optional<Download> kept = shelf.find(version);
      if (kept.isPresent()) {
        return new Brought<>(kept.get());
      }
      isFirst = !running.containsKey(version);
      flight = running.computeIfAbsent(version, _ -> new CompletableFuture<>());
    }
    if (isFirst) {
      fly(version, run, flight);
    }
    return flight.join();
  }

  private void fly(
      ModuleVersion version,
      Supplier<Outcome<Download>> run,
      CompletableFuture<Outcome<Download>> flight) {
    try {
      Outcome<Download> outcome = run.get();
      synchronized (this) {
        running.remove(version);
        if (outcome instanceof Brought<Download>(Download download)) {
          shelf.keep(version, download);
        }
      }
      flight.complete(outcome);
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        running.remove(version);
      }
      flight.completeExceptionally(e);
    }
  }
}
