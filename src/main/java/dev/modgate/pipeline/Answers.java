package dev.modgate.pipeline;

import dev.modgate.admission.Permit;
import dev.modgate.chain.Fetched;
import dev.modgate.chain.MirrorChain;
import dev.modgate.protocol.Request;
import dev.modgate.store.AnswerStore;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * List, {@code @latest} and queries: kept for a while, then asked again; when every mirror fails,
 * the old answer is better than none, and says that it is old.
 */
public final class Answers {

  private final AnswerStore store;
  private final MirrorChain chain;
  private final Ledger ledger;
  private final Flights flights;
  private final Duration ttl;
  private final AbsentAnswers absent;

  /**
   * @param ttl how long an answer is served without asking again
   */
  public Answers(
      AnswerStore store,
      MirrorChain chain,
      Ledger ledger,
      Flights flights,
      Duration ttl,
      AbsentAnswers absent) {
    this.store = store;
    this.chain = chain;
    this.ledger = ledger;
    this.flights = flights;
    this.ttl = ttl;
    this.absent = absent;
  }

  Outcome answer(Permit permit, Request.Mutable request, Client client)
      throws InterruptedException {
    return flights.join(request, () -> obtain(permit, request, client));
  }

  private Outcome obtain(Permit permit, Request.Mutable request, Client client) {
    Optional<AnswerStore.Kept> kept = find(request);
    if (kept.isPresent() && kept.get().age().compareTo(ttl) < 0) {
      Duration left = ttl.minus(kept.get().age());
      return served(request, kept.get().bytes(), Outcomes.STORE, new Outcome.Lifetime.Fresh(left));
    }
    Optional<Outcome> known = absent.find(request);
    return known.isPresent() ? known.get() : fetch(permit, request, kept, client);
  }

  private Outcome fetch(
      Permit permit, Request.Mutable request, Optional<AnswerStore.Kept> kept, Client client) {
    Fetched<byte[]> fetched =
        chain.fetch(permit, (payload, _, _) -> examine(request, Payloads.bytes(payload)));
    ledger.attempts(request, fetched.failures(), client);
    return switch (fetched) {
      case Fetched.Found<byte[]>(byte[] bytes, String mirror, var _) -> {
        keep(request, bytes);
        yield served(request, bytes, mirror, new Outcome.Lifetime.Fresh(ttl));
      }
      case Fetched.Absent<byte[]>(int status, String words, String _) ->
          absent.keep(request, new Outcome.Absent(status, words));
      case Fetched.Failed<byte[]> failed ->
          kept.map(old -> stale(request, old)).orElseGet(() -> Outcomes.failed(failed.failures()));
    };
  }

  /** An answer that can't be read is asked again. */
  private Optional<AnswerStore.Kept> find(Request.Mutable request) {
    try {
      return store.find(request.path());
    } catch (IOException e) {
      ledger.diskFailed();
      return Optional.empty();
    }
  }

  /** An answer that can't be kept is served all the same: it is asked again next time. */
  private void keep(Request.Mutable request, byte[] bytes) {
    try {
      store.keep(request.path(), bytes);
    } catch (IOException e) {
      ledger.diskFailed();
    }
  }

  private static MirrorChain.Examination<byte[]> examine(Request.Mutable request, byte[] bytes) {
    Parsed<byte[]> read =
        switch (request) {
          case Request.VersionList _ -> VersionListText.read(bytes);
          case Request.Latest _, Request.Query _ ->
              InfoDocument.version(bytes).then(_ -> Parsed.valid(bytes));
        };
    return switch (read) {
      case Parsed.Valid<byte[]>(byte[] good) -> new MirrorChain.Accepted<>(good);
      case Parsed.Invalid<byte[]>(String reason) -> new MirrorChain.Refuted<>(reason);
    };
  }

  private static Outcome stale(Request.Mutable request, AnswerStore.Kept old) {
    return served(request, old.bytes(), Outcomes.STORE, new Outcome.Lifetime.Stale(old.age()));
  }

  private static Outcome served(
      Request.Mutable request, byte[] bytes, String mirror, Outcome.Lifetime lifetime) {
    Outcome.Kind kind =
        switch (request) {
          case Request.VersionList _ -> Outcome.Kind.LIST;
          case Request.Latest _, Request.Query _ -> Outcome.Kind.INFO;
        };
    return new Outcome.Text(
        new Outcome.Content(bytes), kind, mirror, lifetime, new Outcome.Standing.Word());
  }
}
