package dev.modgate.config;

import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code 0B}, {@code 64KiB}, {@code 1MiB}, in bytes; both bounds are allowed.
 *
 * @param max less than 2 GiB
 */
record SizeType(int min, int max) implements ValueType<Integer> {

  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(B|KiB|MiB)?");

  @Override
  public Class<Integer> javaType() {
    return Integer.class;
  }

  @Override
  public String what() {
    return "a size with its unit (B, KiB, MiB), " + show(min) + " to " + show(max);
  }

  @Override
  public String example() {
    return show(max);
  }

  @Override
  public Optional<String> textOf(Node node) {
    return ScalarTypes.textOrNumeral(node);
  }

  @Override
  public Parsed<Integer> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Parsed.invalid("is not a whole number with one unit of B, KiB, MiB");
    }
    if (matcher.group(2) == null) {
      return Parsed.invalid("needs its unit: B, KiB or MiB");
    }
    long number = Long.parseLong(matcher.group(1));
    long size =
        switch (matcher.group(2)) {
          case "B" -> number;
          case "KiB" -> number << 10;
          default -> number << 20;
        };
    return size < min || size > max
        ? Parsed.invalid("must be " + show(min) + " to " + show(max))
        : Parsed.valid((int) size);
  }

  @Override
  public String show(Integer value) {
    if (value == 0 || value % (1 << 10) != 0) {
      return value + "B";
    }
    return value % (1 << 20) != 0 ? (value >> 10) + "KiB" : (value >> 20) + "MiB";
  }
}
