package dev.modgate.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One decision. Absent parts are left out of the line.
 *
 * @param who for whom it was made
 * @param subject about what it was made
 * @param verdict what it was
 * @param h1 of the artifact's bytes
 * @param treeSize of the head that the artifact is proven in
 * @param mirror who delivered or failed: a mirror's name, or {@code store}
 * @param rule which rule decided: a configuration key, or a stable word
 * @param reason one line for a person
 */
public record Decision(
    Who who,
    Subject subject,
    Verdict verdict,
    Optional<String> h1,
    OptionalLong treeSize,
    Optional<String> mirror,
    Optional<String> rule,
    Optional<String> reason) {

  /**
   * For whom.
   *
   * @param traceId 32 hex digits
   * @param client IP address
   * @param identity {@code anonymous} until somebody authenticates
   * @param build the client's own name for what it is doing
   */
  public record Who(String traceId, String client, String identity, Optional<String> build) {}

  /**
   * About what.
   *
   * @param module unescaped path
   * @param version canonical version, or a query
   * @param artifact {@code zip}, {@code mod}, {@code info}, {@code list}, {@code latest}, {@code
   *     lookup}
   */
  public record Subject(Optional<String> module, Optional<String> version, String artifact) {}

  /** The verdicts. */
  public enum Verdict {
    /** Served: the bytes are proven at a tree size. */
    PROVEN,
    /** Served: the version is in the log at a tree size, the bytes are a mirror's word. */
    LOGGED,
    /** Served without proof, because the operator exempted the module. */
    UNLOGGED,
    /** Served: a mirror's word that can't be proven, such as a list. */
    RELAYED,
    /** Every mirror says that it does not exist. */
    ABSENT,
    /** Refused by a rule of the operator. */
    DENIED,
    /** Refused because it could not be proven. */
    REFUSED,
    /** Not served because something upstream failed. */
    UNAVAILABLE,
    /** A mirror delivered something untrue; the next one is asked. */
    REFUTED,
    /** A mirror failed; the next one is asked if there is one. */
    FAILED;

    /** As it stands in the audit log. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Decision(Who who, Subject subject, Verdict verdict) {
    this(
        who,
        subject,
        verdict,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Decision proven(String hash, OptionalLong size) {
    return new Decision(who, subject, verdict, Optional.of(hash), size, mirror, rule, reason);
  }

  public Decision at(long size) {
    return new Decision(who, subject, verdict, h1, OptionalLong.of(size), mirror, rule, reason);
  }

  public Decision from(String mirrorName) {
    return new Decision(who, subject, verdict, h1, treeSize, Optional.of(mirrorName), rule, reason);
  }

  public Decision because(String ruleName, String line) {
    return new Decision(
        who, subject, verdict, h1, treeSize, mirror, Optional.of(ruleName), Optional.of(line));
  }
}
