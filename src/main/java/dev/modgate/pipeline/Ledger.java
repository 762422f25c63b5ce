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

  /** One line an answer; the log's own tiles and heads are no decisions about a module. */
  void decided(Request request, Client client, Outcome outcome) {
    subject(request).ifPresent(s -> write(decision(client.who(), s, outcome)));
  }

  /** The same without waiting: false, and nothing is written, if the log has no place just now. */
  boolean decidedAtOnce(Request request, Client client, Outcome outcome) {
    return subject(request)
        .map(s -> decision(client.who(), s, outcome))
        .map(this::writeAtOnce)
        .orElse(true);
  }

  /** One line for each mirror that failed or lied on the way. */
  void attempts(Request request, List<Fetched.Attempt> attempts, Client client) {
    attempts.stream()
        .filter(attempt -> attempt.failure() instanceof Failure.LocalDisk)
        .forEach(_ -> diskFailed());
    subject(request)
        .ifPresent(s -> attempts.forEach(attempt -> write(attempted(client.who(), s, attempt))));
  }

  private void write(Decision decision) {
    count(decision);
    log.append(decision);
  }

  private boolean writeAtOnce(Decision decision) {
    boolean taken = log.offer(decision);
    if (taken) {
      count(decision);
    }
    return taken;
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
        new Decision(client.who(), subject(version, artifact), Decision.Verdict.REFUTED)
            .from(mirror)
            .because(refuted.rule(), refuted.reason()));
  }

  private static Decision attempted(
      Decision.Who who, Decision.Subject subject, Fetched.Attempt attempt) {
    Decision.Verdict verdict =
        attempt.failure() instanceof Failure.Refuted
            ? Decision.Verdict.REFUTED
            : Decision.Verdict.FAILED;
    return new Decision(who, subject, verdict)
        .from(attempt.mirror())
        .because(attempt.failure().type(), attempt.failure().text());
  }

  private static Decision decision(Decision.Who who, Decision.Subject subject, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact(StoredArtifact stored, String mirror, var _) ->
          released(who, subject, stored).from(mirror);
      case Outcome.Text text -> told(who, subject, text.standing()).from(text.mirror());
      case Outcome.Absent(int status, String _) ->
          new Decision(who, subject, Decision.Verdict.ABSENT)
              .because("not-there", "answered " + status);
      case Outcome.Refused(Refusal refusal) ->
          new Decision(who, subject, verdict(refusal)).because(refusal.rule(), refusal.reason());
      case Outcome.Unavailable(Outcome.Cause cause, String reason) ->
          new Decision(who, subject, Decision.Verdict.UNAVAILABLE)
              .because(cause.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), reason);
    };
  }

  private static Decision released(
      Decision.Who who, Decision.Subject subject, StoredArtifact stored) {
    String h1 = stored.h1().toString();
    return switch (stored.provenance()) {
      case Provenance.Logged(String database, long size, long _) ->
          new Decision(who, subject, Decision.Verdict.PROVEN)
              .proven(h1, OptionalLong.of(size))
              .because("sumdb", database);
      case Provenance.Unlogged(String pattern) ->
          new Decision(who, subject, Decision.Verdict.UNLOGGED)
              .proven(h1, OptionalLong.empty())
              .because("gonosumdb", "matches " + pattern);
    };
  }

  private static Decision told(
      Decision.Who who, Decision.Subject subject, Outcome.Standing standing) {
    return switch (standing) {
      case Outcome.Standing.Logged(long size) ->
          new Decision(who, subject, Decision.Verdict.LOGGED).at(size);
      case Outcome.Standing.Unlogged(String pattern) ->
          new Decision(who, subject, Decision.Verdict.UNLOGGED)
              .because("gonosumdb", "matches " + pattern);
      case Outcome.Standing.Word() -> new Decision(who, subject, Decision.Verdict.RELAYED);
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
