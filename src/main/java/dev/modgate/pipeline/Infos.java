package dev.modgate.pipeline;

import dev.modgate.admission.Permit;
import dev.modgate.chain.Fetched;
import dev.modgate.chain.MirrorChain;
import dev.modgate.chain.Payload;
import dev.modgate.protocol.Request;
import dev.modgate.store.AnswerStore;
import dev.modgate.verify.Expectation;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.Verifier;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Lookup;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code .info} of a canonical version. Its bytes are a mirror's word and nobody can prove them;
 * but that the version exists can be proven, so a mirror can't make one up.
 */
public final class Infos {

  private final AnswerStore store;
  private final MirrorChain chain;
  private final Verifier verifier;
  private final Ledger ledger;
  private final Flights flights;

  public Infos(
      AnswerStore store, MirrorChain chain, Verifier verifier, Ledger ledger, Flights flights) {
    this.store = store;
    this.chain = chain;
    this.verifier = verifier;
    this.ledger = ledger;
    this.flights = flights;
  }

  Outcome answer(Permit permit, ModuleVersion version, Client client) throws InterruptedException {
    return flights.join(permit.request(), () -> obtain(permit, version, client));
  }

  /** The database is asked while the mirror answers: whoever wants the info wants the rest next. */
  private Outcome obtain(Permit permit, ModuleVersion version, Client client) {
    Expectation expectation = Expectations.of(permit, version, verifier);
    Optional<AnswerStore.Kept> kept =
        find(permit.request()).filter(k -> InfoDocument.about(k.bytes(), version).isValid());
    return kept.isPresent()
        ? ifKnown(expectation, kept.get().bytes(), Outcomes.STORE)
        : fetch(permit, version, expectation, client);
  }

  /** An answer that can't be read is asked again. */
  private Optional<AnswerStore.Kept> find(Request request) {
    try {
      return store.find(request.path());
    } catch (IOException e) {
      ledger.diskFailed();
      return Optional.empty();
    }
  }

  /** An answer that can't be kept is served all the same: it is asked again next time. */
  private void keep(Request request, byte[] bytes) {
    try {
      store.keep(request.path(), bytes);
    } catch (IOException e) {
      ledger.diskFailed();
    }
  }

  private Outcome fetch(
      Permit permit, ModuleVersion version, Expectation expectation, Client client) {
    Fetched<byte[]> fetched = chain.fetch(permit, (payload, _, _) -> examine(payload, version));
    ledger.attempts(permit.request(), fetched.failures(), client);
    return switch (fetched) {
      case Fetched.Found<byte[]>(byte[] bytes, String mirror, var _) -> {
        Outcome outcome = ifKnown(expectation, bytes, mirror);
        if (outcome instanceof Outcome.Text) {
          keep(permit.request(), bytes);
        }
        yield outcome;
      }
      case Fetched.Absent<byte[]>(int status, String words, String _) ->
          new Outcome.Absent(status, words);
      case Fetched.Failed<byte[]> failed -> Outcomes.failed(failed.failures());
    };
  }

  private Outcome ifKnown(Expectation expectation, byte[] bytes, String mirror) {
    return switch (verifier.standing(expectation)) {
      case Verifier.Standing.Logged(long treeSize) ->
          served(bytes, mirror, new Outcome.Standing.Logged(treeSize));
      case Verifier.Standing.Exempt(String pattern) ->
          served(bytes, mirror, new Outcome.Standing.Unlogged(pattern));
      case Verifier.Standing.Unvouched(Lookup lookup) -> Outcomes.unprovable(lookup);
    };
  }

  private static MirrorChain.Examination<byte[]> examine(Payload payload, ModuleVersion version) {
    byte[] bytes = Payloads.bytes(payload);
    return switch (InfoDocument.about(bytes, version)) {
      case Parsed.Valid<String> _ -> new MirrorChain.Accepted<>(bytes);
      case Parsed.Invalid<String>(String reason) -> new MirrorChain.Refuted<>(reason);
    };
  }

  private static Outcome served(byte[] bytes, String mirror, Outcome.Standing standing) {
    return new Outcome.Text(
        new Outcome.Content(bytes),
        Outcome.Kind.INFO,
        mirror,
        new Outcome.Lifetime.Immutable(),
        standing);
  }
}
