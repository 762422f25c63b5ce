package dev.modgate.pipeline;

import dev.modgate.audit.AuditLog;
import dev.modgate.audit.Decision;
import dev.modgate.chain.Failure;
import dev.modgate.chain.Fetched;
import dev.modgate.protocol.Request;
import dev.modgate.store.StoredArtifact;
import dev.modgate.verify.Provenance;
import dev.modgate.verify.Verdict;
import dev.modgate.verify.module.ModuleVersion;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Writes outcomes and attempts down as decisions. */
public final class Ledger {

  private final AuditLog log;
  private final AtomicLong diskFailures = new AtomicLong();
  private final Map<Decision.Verdict, LongAdder> decisions = new EnumMap<>(Decision.Verdict.class);

  public Ledger(AuditLog log) {
    this.log = log;
    for (Decision.Verdict verdict : Decision.Verdict.values()) {
      decisions.put(verdict, new LongAdder());
    }
  }

  /** How many there were of each verdict, by the word that it has in the audit log. */
  public Map<String, Long> decisions() {
    Map<String, Long> counts = new LinkedHashMap<>();
    decisions.forEach((verdict, count) -> counts.put(verdict.word(), count.sum()));
    return counts;
  }

  /** Answers that could not be kept because the disk failed. */
  public long diskFailures() {
    return diskFailures.get();
  }

  void diskFailed() {
    diskFailures.incrementAndGet();
  }

  /** What is written down of an answer; the log's own tiles and heads are no decisions. */
  static Optional<Decision> decision(Request request, Outcome outcome) {
    return subject(request).map(subject -> decision(subject, outcome));
  }

  /** One line, if there was a decision. */
  void decided(Client client, Optional<Decision> decision) {
    decision.ifPresent(made -> write(client, made));
  }

  /** The same without waiting: false, and nothing is written, if the log has no place just now. */
  boolean decidedAtOnce(Client client, Optional<Decision> decision) {
    if (decision.isEmpty()) {
      return true;
    }
    boolean taken = log.offer(client.asker(), decision.get());
    if (taken) {
      count(decision.get());
    }
    return taken;
  }

  /** One line for each mirror that failed or lied on the way. */
  void attempts(Request request, List<Fetched.Attempt> attempts, Client client) {
    attempts.stream()
        .filter(attempt -> attempt.failure() instanceof Failure.LocalDisk)
        .forEach(_ -> diskFailed());
    subject(request)
        .ifPresent(s -> attempts.forEach(attempt -> write(client, attempted(s, attempt))));
  }

  private void write(Client client, Decision decision) {
    count(decision);
    log.append(client.asker(), decision);
  }

  private void count(Decision decision) {
    Optional.ofNullable(decisions.get(decision.verdict())).ifPresent(LongAdder::increment);
  }

  /** A line for bytes in the store that are not what they were. */
  void refuted(
      ModuleVersion version,
      String artifact,
      String mirror,
      Verdict.Refuted refuted,
      Client client) {
    write(
        client,
        new Decision(subject(version, artifact), Decision.Verdict.REFUTED)
            .from(mirror)
            .because(refuted.rule(), refuted.reason()));
  }

  private static Decision attempted(Decision.Subject subject, Fetched.Attempt attempt) {
    Decision.Verdict verdict =
        attempt.failure() instanceof Failure.Refuted
            ? Decision.Verdict.REFUTED
            : Decision.Verdict.FAILED;
    return new Decision(subject, verdict)
        .from(attempt.mirror())
        .because(attempt.failure().type(), attempt.failure().text());
  }

  private static Decision decision(Decision.Subject subject, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact(StoredArtifact stored, String mirror, var _) ->
          released(subject, stored).from(mirror);
      case Outcome.Text text -> told(subject, text.standing()).from(text.mirror());
      case Outcome.Absent(int status, String _) ->
          new Decision(subject, Decision.Verdict.ABSENT).because("not-there", "answered " + status);
      case Outcome.Refused(Refusal refusal) ->
          new Decision(subject, verdict(refusal)).because(refusal.rule(), refusal.reason());
      case Outcome.Unavailable(Outcome.Cause cause, String reason) ->
          new Decision(subject, Decision.Verdict.UNAVAILABLE)
              .because(cause.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), reason);
    };
  }

  private static Decision released(Decision.Subject subject, StoredArtifact stored) {
    String h1 = stored.h1().toString();
    return switch (stored.provenance()) {
      case Provenance.Logged(String database, long size, long _) ->
          new Decision(subject, Decision.Verdict.PROVEN)
              .proven(h1, OptionalLong.of(size))
              .because("sumdb", database);
      case Provenance.Unlogged(String pattern) ->
          new Decision(subject, Decision.Verdict.UNLOGGED)
              .proven(h1, OptionalLong.empty())
              .because("gonosumdb", "matches " + pattern);
    };
  }

  private static Decision told(Decision.Subject subject, Outcome.Standing standing) {
    return switch (standing) {
      case Outcome.Standing.Logged(long size) ->
          new Decision(subject, Decision.Verdict.LOGGED).at(size);
      case Outcome.Standing.Unlogged(String pattern) ->
          new Decision(subject, Decision.Verdict.UNLOGGED)
              .because("gonosumdb", "matches " + pattern);
      case Outcome.Standing.Word() -> new Decision(subject, Decision.Verdict.RELAYED);
    };
  }

  private static Decision.Verdict verdict(Refusal refusal) {
    return switch (refusal.ground()) {
      case RULE -> Decision.Verdict.DENIED;
      case PROOF -> Decision.Verdict.REFUSED;
    };
  }

  private static Optional<Decision.Subject> subject(Request request) {
    return switch (request) {
      case Request.Zip(ModuleVersion v) -> Optional.of(subject(v, "zip"));
      case Request.GoMod(ModuleVersion v) -> Optional.of(subject(v, "mod"));
      case Request.Info(ModuleVersion v) -> Optional.of(subject(v, "info"));
      case Request.LogRecordOf(String _, ModuleVersion v) -> Optional.of(subject(v, "lookup"));
      case Request.Query(var module, String query, String _) ->
          Optional.of(new Decision.Subject(Optional.of(module.text()), Optional.of(query), "info"));
      case Request.VersionList(var module) ->
          Optional.of(new Decision.Subject(Optional.of(module.text()), Optional.empty(), "list"));
      case Request.Latest(var module) ->
          Optional.of(new Decision.Subject(Optional.of(module.text()), Optional.empty(), "latest"));
      case Request.Supported _, Request.LatestHead _, Request.LogTile _ -> Optional.empty();
    };
  }

  private static Decision.Subject subject(ModuleVersion version, String artifact) {
    return new Decision.Subject(
        Optional.of(version.path().text()), Optional.of(version.version()), artifact);
  }
}
