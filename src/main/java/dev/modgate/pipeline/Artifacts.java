package dev.modgate.pipeline;

import dev.modgate.admission.Permit;
import dev.modgate.chain.Arrivals;
import dev.modgate.chain.Fetched;
import dev.modgate.chain.MirrorChain;
import dev.modgate.chain.Payload;
import dev.modgate.store.ArtifactStore;
import dev.modgate.store.Quarantine;
import dev.modgate.store.StoredArtifact;
import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.Candidate;
import dev.modgate.verify.Expectation;
import dev.modgate.verify.Provenance;
import dev.modgate.verify.ReadCandidate;
import dev.modgate.verify.Verdict;
import dev.modgate.verify.VerifiedArtifact;
import dev.modgate.verify.Verifier;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.util.Optional;

/** {@code .mod} and {@code .zip}: from the store if they were judged, else judged now. */
public final class Artifacts {

  /** Bytes of a file that is sent from memory; larger ones go from the disk to the socket. */
  private static final int HELD = 64 * 1024;

  private final ArtifactStore store;
  private final Quarantine quarantine;
  private final MirrorChain chain;
  private final Verifier verifier;
  private final Ledger ledger;
  private final Flights flights;
  private final Steps steps;

  public Artifacts(
      ArtifactStore store,
      Quarantine quarantine,
      MirrorChain chain,
      Verifier verifier,
      Ledger ledger,
      Flights flights,
      Steps steps) {
    this.store = store;
    this.quarantine = quarantine;
    this.chain = chain;
    this.verifier = verifier;
    this.ledger = ledger;
    this.flights = flights;
    this.steps = steps;
  }

  Outcome answer(Permit permit, ModuleVersion version, ArtifactKind kind, Client client)
      throws InterruptedException {
    Optional<StoredArtifact> judged = store.judged(version, kind);
    if (judged.isPresent()) {
      return release(judged.get(), Outcomes.STORE);
    }
    return steps.in(
        Steps.Step.WAIT,
        () -> flights.join(permit.request(), () -> obtain(permit, version, kind, client)));
  }

  /** A judged artifact passes unless its log has been caught lying since. */
  private Outcome release(StoredArtifact artifact, String mirror) {
    return switch (artifact.provenance()) {
      case Provenance.Unlogged _ -> taken(artifact, mirror);
      case Provenance.Logged _ ->
          verifier
              .alarm()
              .<Outcome>map(alarm -> new Outcome.Refused(Refusal.unauthentic(alarm)))
              .orElseGet(() -> taken(artifact, mirror));
    };
  }

  /** Read here if it is small: a disk that fails is noticed before anything is said. */
  private Outcome taken(StoredArtifact artifact, String mirror) {
    if (artifact.size() > HELD) {
      return new Outcome.Artifact(artifact, mirror, Optional.empty());
    }
    try {
      Outcome.Content bytes = new Outcome.Content(artifact.read());
      return new Outcome.Artifact(artifact, mirror, Optional.of(bytes));
    } catch (IOException e) {
      return Outcome.Unavailable.unreadable();
    }
  }

  private Outcome obtain(Permit permit, ModuleVersion version, ArtifactKind kind, Client client) {
    Expectation expectation = Expectations.of(permit, version, verifier);
    try {
      Optional<Outcome> kept = judgeKept(version, kind, expectation, client);
      return kept.isPresent() ? kept.get() : fetch(permit, version, expectation, client);
    } catch (IOException e) {
      ledger.diskFailed();
      return Outcomes.diskFailed();
    }
  }

  /** Empty if there is nothing in the store, or no longer. */
  private Optional<Outcome> judgeKept(
      ModuleVersion version, ArtifactKind kind, Expectation expectation, Client client)
      throws IOException {
    Optional<Candidate> kept = store.unjudged(version, kind);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    return switch (judge(kept.get(), expectation)) {
      case Verdict.Proven(VerifiedArtifact artifact) ->
          Optional.of(release(store.adopt(artifact), Outcomes.STORE));
      case Verdict.Unprovable(var lookup) -> Optional.of(Outcomes.unprovable(lookup));
      case Verdict.Refuted refuted -> {
        ledger.refuted(version, kind.extension(), Outcomes.STORE, refuted, client);
        store.evict(kept.get(), refuted.reason(), quarantine);
        yield Optional.empty();
      }
    };
  }

  private Outcome fetch(
      Permit permit, ModuleVersion version, Expectation expectation, Client client) {
    Fetched<Outcome> fetched;
    try (ReadsAhead ahead = new ReadsAhead(version)) {
      fetched = chain.fetch(permit, new Examiner(version, expectation, ahead));
    }
    ledger.attempts(permit.request(), fetched.failures(), client);
    return switch (fetched) {
      case Fetched.Found<Outcome> found -> found.value();
      case Fetched.Absent<Outcome>(int status, String words, String _) ->
          new Outcome.Absent(status, words);
      case Fetched.Failed<Outcome> failed -> Outcomes.failed(failed.failures());
    };
  }

  /** Of what one fetch brings. */
  private final class Examiner implements MirrorChain.Examiner<Outcome> {
    private final ModuleVersion version;
    private final Expectation expectation;
    private final ReadsAhead ahead;

    Examiner(ModuleVersion version, Expectation expectation, ReadsAhead ahead) {
      this.version = version;
      this.expectation = expectation;
      this.ahead = ahead;
    }

    @Override
    public MirrorChain.Examination<Outcome> examine(Payload payload, String mirror, boolean alone) {
      Candidate candidate =
          switch (payload) {
            case Payload.InMemory memory -> new Candidate.GoModBytes(version, memory.bytes());
            case Payload.Spooled(var file, long _) ->
                new Candidate.ZipFile(version, file, ahead.find(file));
          };
      return Artifacts.this.examine(candidate, payload, mirror, alone, expectation);
    }

    @Override
    public Arrivals arrivals() {
      return ahead;
    }
  }

  private MirrorChain.Examination<Outcome> examine(
      Candidate candidate, Payload payload, String mirror, boolean alone, Expectation expectation) {
    try {
      try {
        return switch (judge(candidate, expectation)) {
          case Verdict.Proven(VerifiedArtifact artifact) ->
              new MirrorChain.Accepted<>(release(commit(artifact), mirror));
          case Verdict.Unprovable(var lookup) ->
              new MirrorChain.Accepted<>(Outcomes.unprovable(lookup));
          case Verdict.Refuted(String _, String reason) -> {
            if (alone) {
              keepEvidence(mirror, candidate.version(), payload, reason);
            }
            yield new MirrorChain.Refuted<>(reason);
          }
        };
      } finally {
        payload.discard();
      }
    } catch (IOException e) {
      ledger.diskFailed();
      return new MirrorChain.Accepted<>(Outcomes.diskFailed());
    }
  }

  private Verdict judge(Candidate candidate, Expectation expectation) throws IOException {
    return steps.in(
        Steps.Step.VERIFY,
        () -> {
          ReadCandidate read = steps.in(Steps.Step.HASH, () -> verifier.read(candidate));
          return steps.in(Steps.Step.PROVE, () -> verifier.judge(read, expectation));
        });
  }

  private StoredArtifact commit(VerifiedArtifact artifact) throws IOException {
    return steps.in(Steps.Step.STORE, () -> store.commit(artifact));
  }

  private void keepEvidence(String mirror, ModuleVersion version, Payload payload, String reason)
      throws IOException {
    switch (payload) {
      case Payload.InMemory memory ->
          quarantine.keepBytes(mirror, version + ".mod", reason, memory.bytes());
      case Payload.Spooled(var file, long _) ->
          quarantine.keepFile(mirror, version + ".zip", reason, file);
    }
  }
}
