package dev.modgate.cli;

import dev.modgate.verify.gosum.Claim;
import dev.modgate.verify.gosum.Finding;
import dev.modgate.verify.gosum.SumCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@code verify} found, as it is printed. */
final class Findings {

  /** From the best to the worst; the order in which they are printed. */
  enum Kind {
    PROVEN(0, "proven"),
    EXEMPT(0, "exempt"),
    UNKNOWN(3, "unknown"),
    NOT_LOGGED(1, "not logged"),
    MISMATCH(1, "mismatch"),
    REFUSED(1, "refused");

    private final int exitCode;
    private final String words;

    Kind(int exitCode, String words) {
      this.exitCode = exitCode;
      this.words = words;
    }
  }

  /** The most reasons in an advice. */
  private static final int REASONS = 3;

  private final List<SumCheck.Checked> all;

  Findings(List<SumCheck.Checked> all) {
    this.all = List.copyOf(all);
  }

  /**
   * A line for each finding, the best ones first, each kind in the order of the claims.
   *
   * @param quiet leaves out what is proven or exempt
   */
  List<String> lines(boolean quiet) {
    return all.stream()
        .filter(checked -> !quiet || kind(checked).exitCode != 0)
        .sorted(Comparator.comparing(Findings::kind))
        .map(Findings::line)
        .toList();
  }

  /** How many there are of each kind. */
  String summary(String database) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    all.forEach(checked -> counts.merge(kind(checked), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(count + " " + kind.words));
    return "%s: %d lines%s"
        .formatted(
            database,
            all.size(),
            parts.isEmpty() ? ", nothing to prove" : ": " + String.join(", ", parts));
  }

  /** Why something is unknown, the commonest reasons first, and what to do; empty if nothing is. */
  Optional<String> advice() {
    Map<String, Integer> reasons = new TreeMap<>();
    for (SumCheck.Checked checked : all) {
      if (checked.finding() instanceof Finding.Unavailable(String reason)) {
        reasons.merge(reason, 1, Integer::sum);
      }
    }
    List<String> counted =
        reasons.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(REASONS)
            .map(entry -> "%s (%d)".formatted(entry.getKey(), entry.getValue()))
            .toList();
    return counted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the log could not be asked: %s; once it can be, run this again"
                .formatted(String.join(", ", counted)));
  }

  /** Of the worst: something wrong counts more than something unknown. */
  int exitCode() {
    Stream<Kind> kinds = all.stream().map(Findings::kind);
    return kinds.max(Comparator.naturalOrder()).map(kind -> kind.exitCode).orElse(0);
  }

  private static String line(SumCheck.Checked checked) {
    Claim claim = checked.claim();
    String said =
        switch (checked.finding()) {
          case Finding.Proven(var hash, long treeSize) ->
              "proven at tree %d: %s %s".formatted(treeSize, claim.subject(), hash);
          case Finding.Exempt(String pattern) ->
              "exempt by %s: %s".formatted(pattern, claim.subject());
          case Finding.NotLogged(String reason) ->
              "not logged: %s: %s".formatted(claim.subject(), reason);
          case Finding.Mismatch(var claimed, var logged) ->
              "%s: %s: this has %s, but the log has %s"
                  .formatted(mismatch(), claim.subject(), claimed, logged);
          case Finding.Unavailable(String reason) ->
              "unknown: %s: %s".formatted(claim.subject(), reason);
          case Finding.Refused(String reason) ->
              "refused: %s: %s".formatted(claim.subject(), reason);
        };
    return claim.place() + ": " + said;
  }

  private static String mismatch() {
    return Kind.MISMATCH.words.toUpperCase(Locale.ROOT);
  }

  private static Kind kind(SumCheck.Checked checked) {
    return switch (checked.finding()) {
      case Finding.Proven _ -> Kind.PROVEN;
      case Finding.Exempt _ -> Kind.EXEMPT;
      case Finding.Unavailable _ -> Kind.UNKNOWN;
      case Finding.NotLogged _ -> Kind.NOT_LOGGED;
      case Finding.Mismatch _ -> Kind.MISMATCH;
      case Finding.Refused _ -> Kind.REFUSED;
    };
  }
}
