package dev.modgate.telemetry;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** What a text may be so that it leaves, and how it is cleaned before. */
final class TextRule {

  private final String values;
  private final Predicate<String> shape;
  private final boolean fixed;

  private TextRule(String values, Predicate<String> shape, boolean fixed) {
    this.values = values;
    this.shape = shape;
    this.fixed = fixed;
  }

  /** One of these, exactly. */
  static TextRule oneOf(String... values) {
    List<String> listed = List.of(values);
    Function<String, String> code = value -> "`" + value + "`";
    String text = String.join(", ", listed.stream().map(code).toList());
    return new TextRule(text, Set.copyOf(listed)::contains, true);
  }

  /** One of these, exactly; too many to list. */
  static TextRule anyOf(String description, Set<String> values) {
    return new TextRule(description, values::contains, true);
  }

  /** At most {@code max} characters (UTF-16), each of them allowed; scrubbed. */
  static TextRule text(String description, int max, IntPredicate allowed) {
    Predicate<String> shape =
        value -> !value.isEmpty() && value.length() <= max && all(value, allowed);
    return new TextRule(description + ", at most " + max, shape, false);
  }

  /** An h1: hash, go.dev/ref/mod#go-sum-files. */
  static TextRule h1() {
    return new TextRule("`h1:` and 32 bytes in base64", CredentialShapes::isH1, false);
  }

  String allowed() {
    return values;
  }

  /** The value as it may leave, or nothing if it is not of this shape. */
  Optional<String> clean(String value, Scrubber scrubber) {
    if (!shape.test(value)) {
      return Optional.empty();
    }
    return Optional.of(fixed ? value : scrubber.scrub(value));
  }

  /** Without a stream: this is done for every text of every span. */
  private static boolean all(String value, IntPredicate allowed) {
    for (int i = 0; i < value.length(); i++) {
      if (!allowed.test(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Letters, digits and the given characters. */
  static IntPredicate lettersDigitsAnd(String others) {
    return c -> isLetterOrDigit(c) || others.indexOf(c) >= 0;
  }
}
