package dev.modgate.verify.module;

import dev.modgate.verify.Parsed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Versions that name a commit: {@code vX.0.0-yyyymmddhhmmss-rev}, {@code
 * vX.Y.Z-0.yyyymmddhhmmss-rev} or {@code vX.Y.Z-pre.0.yyyymmddhhmmss-rev}, each with or without
 * build (x/mod module, pseudo.go).
 *
 * @see <a href="https://go.dev/ref/mod#pseudo-versions">go.dev/ref/mod#pseudo-versions</a>
 */
public final class PseudoVersion {

  private static final int TIMESTAMP = "yyyymmddhhmmss".length();

  /**
   * The parts of a pseudo-version.
   *
   * @param version the semantic version around it
   * @param head what stands before the timestamp in the pre-release: empty, {@code 0.} or {@code
   *     pre.0.}
   * @param timestamp 14 digits
   * @param revision ASCII letters and digits
   */
  private record Reading(Semver.Parts version, String head, String timestamp, String revision) {}

  private PseudoVersion() {}

  /**
   * Whether a text has the form of a pseudo-version; its time need not exist (x/mod
   * module.IsPseudoVersion).
   *
   * @param version any text
   * @return false for what is not a version
   */
  public static boolean isPseudo(String version) {
    return read(version).isValid();
  }

  /**
   * The version that it comes after (x/mod module.PseudoVersionBase).
   *
   * @param version any text
   * @return that version, with {@code +incompatible} if it has that; empty text if it is based on
   *     none. Refused if not a pseudo-version, if it has a build but no base, or if the patch
   *     before would be negative
   */
  public static Parsed<String> base(String version) {
    return read(version)
        .then(reading -> {
          Semver.Parts parts = reading.version();
          if (reading.head().isEmpty()) {
            return parts.build().isEmpty()
                ? Parsed.valid("")
                : Parsed.invalid("the pseudo-version has a build but no base version");
          }
          String minor = "v" + parts.major() + "." + parts.minor() + ".";
          return reading.head().equals("0.")
              ? before(parts.patch()).then(patch -> Parsed.valid(minor + patch + parts.build()))
              : Parsed.valid(minor + parts.patch() + "-" + tag(reading.head()) + parts.build());
        });
  }

  /**
   * The time of the commit in UTC, to the second (x/mod module.PseudoVersionTime).
   *
   * @param version any text
   * @return the time; refused if not a pseudo-version, or if there is no such time
   */
  public static Parsed<Instant> time(String version) {
    return read(version).then(reading -> instant(reading.timestamp()));
  }

  /**
   * The revision: usually the first 12 hex digits of the commit (x/mod module.PseudoVersionRev).
   *
   * @param version any text
   * @return letters and digits; refused if not a pseudo-version
   */
  public static Parsed<String> revision(String version) {
    return read(version).then(reading -> Parsed.valid(reading.revision()));
  }

  private static Parsed<Reading> read(String version) {
    return Semver.parts(version)
        .map(PseudoVersion::read)
        .orElseGet(() -> Parsed.invalid("not a semantic version"));
  }

  private static Parsed<Reading> read(Semver.Parts parts) {
    String pre = parts.pre();
    int dash = pre.lastIndexOf('-');
    int start = dash - TIMESTAMP;
    if (start < 1 || !isRevision(pre.substring(dash + 1))) {
      return Parsed.invalid("not a pseudo-version");
    }
    String head = pre.substring(1, start);
    String timestamp = pre.substring(start, dash);
    boolean form =
        head.isEmpty()
            ? parts.minor().equals("0") && parts.patch().equals("0")
            : head.equals("0.") || head.endsWith(".0.");
    return form && Semver.isNumber(timestamp)
        ? Parsed.valid(new Reading(parts, head, timestamp, pre.substring(dash + 1)))
        : Parsed.invalid("not a pseudo-version");
  }

  /** Of what may stand behind the last dash of a pre-release, all but a dot. */
  private static boolean isRevision(String text) {
    return !text.isEmpty() && text.indexOf('.') < 0;
  }

  /** {@code pre} of {@code pre.0.}. */
  private static String tag(String head) {
    return head.substring(0, head.length() - ".0.".length());
  }

  /** The decimal before, of any length; refused if there is none. */
  private static Parsed<String> before(String decimal) {
    int last = decimal.length() - 1;
    while (last >= 0 && decimal.charAt(last) == '0') {
      last--;
    }
    if (last < 0) {
      return Parsed.invalid("the pseudo-version has no patch to come after");
    }
    char less = (char) (decimal.charAt(last) - 1);
    String nines = "9".repeat(decimal.length() - 1 - last);
    boolean shorter = last == 0 && less == '0' && !nines.isEmpty();
    return Parsed.valid(decimal.substring(0, last) + (shorter ? "" : less) + nines);
  }

  private static Parsed<Instant> instant(String timestamp) {
    try {
      LocalDateTime time =
          LocalDateTime.of(
              number(timestamp, 0, 4),
              number(timestamp, 4, 6),
              number(timestamp, 6, 8),
              number(timestamp, 8, 10),
              number(timestamp, 10, 12),
              number(timestamp, 12, 14));
      return Parsed.valid(time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Parsed.invalid("the pseudo-version's time does not exist");
    }
  }

  private static int number(String digits, int from, int to) {
    return Integer.parseInt(digits, from, to, 10);
  }
}
