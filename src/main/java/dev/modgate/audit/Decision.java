package dev.modgate.audit;

import dev.modgate.document.JsonLine;
import dev.modgate.document.JsonMembers;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One decision, whoever asked for it: the same one may be written down for many. Absent parts are
 * left out of the line. Immutable.
 */
public final class Decision {

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

  private final Subject subject;
  private final Verdict verdict;
  private final Optional<String> h1;
  private final OptionalLong treeSize;
  private final Optional<String> mirror;
  private final Optional<String> rule;
  private final Optional<String> reason;

  /** Written out by the first who needs it. */
  private volatile Optional<JsonMembers> members = Optional.empty();

  private Decision(
      Subject subject,
      Verdict verdict,
      Optional<String> h1,
      OptionalLong treeSize,
      Optional<String> mirror,
      Optional<String> rule,
      Optional<String> reason) {
    this.subject = subject;
    this.verdict = verdict;
    this.h1 = h1;
    this.treeSize = treeSize;
    this.mirror = mirror;
    this.rule = rule;
    this.reason = reason;
  }

  /**
   * A decision of which nothing more is known.
   *
   * @param subject about what it was made
   * @param verdict what it was
   */
  public Decision(Subject subject, Verdict verdict) {
    this(
        subject,
        verdict,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Verdict verdict() {
    return verdict;
  }

  /**
   * The same, of these bytes.
   *
   * @param hash {@code h1:} of the artifact's bytes
   * @param size of the tree that the artifact is proven in
   */
  public Decision proven(String hash, OptionalLong size) {
    return new Decision(subject, verdict, Optional.of(hash), size, mirror, rule, reason);
  }

  /** The same, at a tree size. */
  public Decision at(long size) {
    return new Decision(subject, verdict, h1, OptionalLong.of(size), mirror, rule, reason);
  }

  /**
   * The same, and who delivered or failed.
   *
   * @param mirrorName a mirror's name, or {@code store}
   */
  public Decision from(String mirrorName) {
    return new Decision(subject, verdict, h1, treeSize, Optional.of(mirrorName), rule, reason);
  }

  /**
   * The same, and why.
   *
   * @param ruleName which rule decided: a configuration key, or a stable word
   * @param line one line for a person
   */
  public Decision because(String ruleName, String line) {
    return new Decision(
        subject, verdict, h1, treeSize, mirror, Optional.of(ruleName), Optional.of(line));
  }

  /** As it stands in each of its lines. */
  JsonMembers members() {
    Optional<JsonMembers> known = members;
    if (known.isEmpty()) {
      known = Optional.of(written());
      members = known;
    }
    return known.get();
  }

  private JsonMembers written() {
    JsonLine line =
        new JsonLine()
            .text("module", subject.module())
            .text("version", subject.version())
            .text("artifact", subject.artifact())
            .text("h1", h1)
            .text("verdict", verdict.word());
    treeSize.ifPresent(size -> line.number("tree", size));
    return line.text("mirror", mirror).text("rule", rule).text("reason", reason).members();
  }
}
