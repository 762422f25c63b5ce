package dev.modgate.verify.module;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Semantic versions as x/mod semver reads them: with a leading v, and short forms {@code v1} and
 * {@code v1.2}. Numbers have no upper bound.
 *
 * @see <a href="https://semver.org/spec/v2.0.0.html">semver.org 2.0.0</a>
 */
public final class Semver {

  private static final String NUMBER = "(0|[1-9][0-9]*+)";
  private static final Pattern VERSION =
      Pattern.compile(
          "v"
              + NUMBER
              + "(?:\\."
              + NUMBER
              + "(?:\\."
              + NUMBER
              + "(-[0-9A-Za-z.-]++)?(\\+[0-9A-Za-z.-]++)?)?)?");

  private Semver() {}

  /**
   * The parts of a valid version: three decimals without leading zeros, pre-release and build with
   * their leading sign, or empty.
   */
  record Parts(String major, String minor, String patch, String pre, String build) {}

  static Optional<Parts> parts(String version) {
    Matcher m = VERSION.matcher(version);
    if (!m.matches()) {
      return Optional.empty();
    }
    Parts parts =
        new Parts(
            m.group(1),
            orElse(m.group(2), "0"),
            orElse(m.group(3), "0"),
            orElse(m.group(4), ""),
            orElse(m.group(5), ""));
    return Optional.of(parts)
        .filter(p -> areIdentifiers(p.pre(), true) && areIdentifiers(p.build(), false));
  }

  private static String orElse(String group, String otherwise) {
    return Optional.ofNullable(group).orElse(otherwise);
  }

  /** None is empty; in a pre-release, a number has no leading zero. */
  private static boolean areIdentifiers(String signed, boolean strictNumbers) {
    if (signed.isEmpty()) {
      return true;
    }
    for (String identifier : signed.substring(1).split("\\.", -1)) {
      boolean badNumber =
          strictNumbers
              && identifier.length() > 1
              && identifier.charAt(0) == '0'
              && isNumber(identifier);
      if (identifier.isEmpty() || badNumber) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a text is a version, in full or in a short form.
   *
   * @param version any text
   * @return true if it is
   */
  public static boolean isValid(String version) {
    return parts(version).isPresent();
  }

  /**
   * The full form, with minor and patch filled in and without build.
   *
   * @param version any text
   * @return that form; empty text if the version is not valid
   */
  public static String canonical(String version) {
    return parts(version)
        .map(p -> "v" + p.major() + "." + p.minor() + "." + p.patch() + p.pre())
        .orElse("");
  }

  /**
   * {@link #canonical}, but {@code +incompatible} stays (x/mod module.CanonicalVersion).
   *
   * @param version any text
   * @return that form; empty text if the version is not valid
   */
  public static String canonicalVersion(String version) {
    String kept = build(version).equals("+incompatible") ? "+incompatible" : "";
    return canonical(version) + kept;
  }

  /**
   * {@code v1} of {@code v1.2.3}.
   *
   * @param version any text
   * @return that part; empty text if the version is not valid
   */
  public static String major(String version) {
    return parts(version).map(p -> "v" + p.major()).orElse("");
  }

  /**
   * {@code v1.2} of {@code v1.2.3}, {@code v1.0} of {@code v1}.
   *
   * @param version any text
   * @return that part; empty text if the version is not valid
   */
  public static String majorMinor(String version) {
    return parts(version).map(p -> "v" + p.major() + "." + p.minor()).orElse("");
  }

  /**
   * {@code -pre.1} of {@code v1.2.3-pre.1+meta}.
   *
   * @param version any text
   * @return that part with its dash; empty text if there is none, or the version is not valid
   */
  public static String prerelease(String version) {
    return parts(version).map(Parts::pre).orElse("");
  }

  /**
   * {@code +meta} of {@code v1.2.3-pre.1+meta}.
   *
   * @param version any text
   * @return that part with its plus sign; empty text if there is none, or the version is not valid
   */
  public static String build(String version) {
    return parts(version).map(Parts::build).orElse("");
  }

  /**
   * Orders by precedence; build does not count (semver.org 2.0.0, item 11). What is not valid is
   * less than all that is, and equal among itself, as in Go.
   *
   * @param a any text
   * @param b any text
   * @return -1, 0 or 1
   */
  public static int compare(String a, String b) {
    Optional<Parts> left = parts(a);
    Optional<Parts> right = parts(b);
    if (left.isEmpty() || right.isEmpty()) {
      return Boolean.compare(left.isPresent(), right.isPresent());
    }
    return compare(left.get(), right.get());
  }

  private static int compare(Parts a, Parts b) {
    int numbers = compareNumbers(a.major(), b.major());
    numbers = numbers != 0 ? numbers : compareNumbers(a.minor(), b.minor());
    numbers = numbers != 0 ? numbers : compareNumbers(a.patch(), b.patch());
    return numbers != 0 ? numbers : comparePrereleases(a.pre(), b.pre());
  }

  private static int compareNumbers(String a, String b) {
    int lengths = Integer.compare(a.length(), b.length());
    return Integer.signum(lengths != 0 ? lengths : a.compareTo(b));
  }

  private static int comparePrereleases(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    String[] left = a.substring(1).split("\\.", -1);
    String[] right = b.substring(1).split("\\.", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int identifiers = compareIdentifiers(left[i], right[i]);
      if (identifiers != 0) {
        return identifiers;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  /** Numbers come before words. */
  private static int compareIdentifiers(String a, String b) {
    if (isNumber(a) && isNumber(b)) {
      return compareNumbers(a, b);
    }
    return isNumber(a) != isNumber(b)
        ? Boolean.compare(isNumber(b), isNumber(a))
        : Integer.signum(a.compareTo(b));
  }

  /** Digits only, of ASCII. */
  static boolean isNumber(String identifier) {
    return identifier.chars().allMatch(c -> '0' <= c && c <= '9');
  }
}
