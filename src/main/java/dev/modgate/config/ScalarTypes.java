package dev.modgate.config;

import static java.util.stream.Collectors.joining;

import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The types whose value is one scalar. */
final class ScalarTypes {

  private ScalarTypes() {}

  /** {@code 250ms}, {@code 2s}, {@code 5m}, {@code 1h}; both bounds are allowed. */
  record DurationType(Duration min, Duration max) implements ValueType<Duration> {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

    @Override
    public Class<Duration> javaType() {
      return Duration.class;
    }

    @Override
    public String what() {
      return "a duration with its unit (ms, s, m, h), " + show(min) + " to " + show(max);
    }

    @Override
    public String example() {
      return show(max);
    }

    @Override
    public Optional<String> textOf(Node node) {
      return textOrNumeral(node);
    }

    @Override
    public Parsed<Duration> parse(String text) {
      Matcher matcher = SYNTAX.matcher(text);
      if (!matcher.matches()) {
        return Parsed.invalid("is not a whole number with one unit of ms, s, m, h");
      }
      if (matcher.group(2) == null) {
        return Parsed.invalid("needs its unit: ms, s, m or h");
      }
      long number = Long.parseLong(matcher.group(1));
      Duration duration =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
          };
      return duration.compareTo(min) < 0 || duration.compareTo(max) > 0
          ? Parsed.invalid("must be " + show(min) + " to " + show(max))
          : Parsed.valid(duration);
    }

    @Override
    public String show(Duration value) {
      long millis = value.toMillis();
      if (millis % 1000 != 0) {
        return millis + "ms";
      }
      long seconds = millis / 1000;
      if (seconds == 0 || seconds % 60 != 0) {
        return seconds + "s";
      }
      return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
  }

  /** {@code 50%}: whole percents; both bounds are allowed. */
  record PercentType(int min, int max) implements ValueType<Integer> {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(%)?");

    @Override
    public Class<Integer> javaType() {
      return Integer.class;
    }

    @Override
    public String what() {
      return "whole percents, " + show(min) + " to " + show(max);
    }

    @Override
    public String example() {
      return show(max);
    }

    @Override
    public Optional<String> textOf(Node node) {
      return textOrNumeral(node);
    }

    @Override
    public Parsed<Integer> parse(String text) {
      Matcher matcher = SYNTAX.matcher(text);
      if (!matcher.matches()) {
        return Parsed.invalid("is not a whole number followed by %");
      }
      if (matcher.group(2) == null) {
        return Parsed.invalid("needs its unit: %");
      }
      int number = Integer.parseInt(matcher.group(1));
      return number < min || number > max
          ? Parsed.invalid("must be " + show(min) + " to " + show(max))
          : Parsed.valid(number);
    }

    @Override
    public String show(Integer value) {
      return value + "%";
    }
  }

  /** A plain whole number; both bounds are allowed. */
  record WholeType(int min, int max) implements ValueType<Integer> {

    private static final Pattern SYNTAX = Pattern.compile("-?\\d{1,9}");

    @Override
    public Class<Integer> javaType() {
      return Integer.class;
    }

    @Override
    public String what() {
      return "a whole number without quotes, " + min + " to " + max;
    }

    @Override
    public String example() {
      return String.valueOf(max);
    }

    @Override
    public Optional<String> textOf(Node node) {
      return node instanceof Node.Numeral number ? Optional.of(number.text()) : Optional.empty();
    }

    @Override
    public Parsed<Integer> parse(String text) {
      if (!SYNTAX.matcher(text).matches()) {
        return Parsed.invalid("is not a whole number of at most 9 digits");
      }
      int number = Integer.parseInt(text);
      return number < min || number > max
          ? Parsed.invalid("must be " + min + " to " + max)
          : Parsed.valid(number);
    }
  }

  /** {@code true} or {@code false}. */
  record SwitchType() implements ValueType<Boolean> {

    @Override
    public Class<Boolean> javaType() {
      return Boolean.class;
    }

    @Override
    public String what() {
      return "true or false, without quotes";
    }

    @Override
    public String example() {
      return "true";
    }

    @Override
    public Optional<String> textOf(Node node) {
      return node instanceof Node.Bool bool
          ? Optional.of(String.valueOf(bool.value()))
          : Optional.empty();
    }

    @Override
    public Parsed<Boolean> parse(String text) {
      return switch (text) {
        case "true" -> Parsed.valid(true);
        case "false" -> Parsed.valid(false);
        default -> Parsed.invalid("is neither true nor false");
      };
    }
  }

  /**
   * One of a few words: the constants of an enumeration, in small letters.
   *
   * @param <E> the enumeration
   */
  record WordType<E extends Enum<E>>(Class<E> javaType) implements ValueType<E> {

    @Override
    public String what() {
      return words().collect(joining(" or "));
    }

    @Override
    public String example() {
      return words().reduce((_, last) -> last).orElseThrow();
    }

    @Override
    public Parsed<E> parse(String text) {
      return Arrays.stream(javaType.getEnumConstants())
          .filter(constant -> show(constant).equals(text))
          .findFirst()
          .map(Parsed::valid)
          .orElse(Parsed.invalid("is not one of " + words().collect(joining(", "))));
    }

    @Override
    public String show(E value) {
      return value.name().toLowerCase(Locale.ROOT);
    }

    private Stream<String> words() {
      return Arrays.stream(javaType.getEnumConstants()).map(this::show);
    }
  }

  /** A path below the URL of a mirror, or nothing. */
  record PathBelowType() implements ValueType<String> {

    private static final Pattern SYNTAX = Pattern.compile("(/[A-Za-z0-9._~-]{1,64}){1,16}");

    @Override
    public Class<String> javaType() {
      return String.class;
    }

    @Override
    public String what() {
      return "a path that starts with /, of letters, digits and . _ ~ - between slashes";
    }

    @Override
    public String example() {
      return "/healthz";
    }

    @Override
    public Parsed<String> parse(String text) {
      boolean dots = text.contains("/./") || text.contains("/../") || text.matches(".*/\\.{1,2}");
      return text.isEmpty() || (SYNTAX.matcher(text).matches() && !dots)
          ? Parsed.valid(text)
          : Parsed.invalid("is not such a path");
    }
  }

  /** What a listener binds to. */
  record EndpointType(String example) implements ValueType<Endpoint> {

    @Override
    public Class<Endpoint> javaType() {
      return Endpoint.class;
    }

    @Override
    public String what() {
      return "HOST:PORT or \"[IPV6]:PORT\", port 0 to 65535 (0: any free one)";
    }

    @Override
    public Parsed<Endpoint> parse(String text) {
      return Endpoint.parse(text);
    }
  }

  /** A directory; {@code ~} and {@code ~/…} lie in the home directory. */
  record DirectoryType(String example) implements ValueType<Path> {

    @Override
    public Class<Path> javaType() {
      return Path.class;
    }

    @Override
    public String what() {
      return "a directory; ~ is the home directory";
    }

    @Override
    public Parsed<Path> parse(String text) {
      if (text.isBlank()) {
        return Parsed.invalid("is empty");
      }
      if (text.startsWith("~") && !text.equals("~") && !text.startsWith("~/")) {
        return Parsed.invalid("names another user's home directory, which is not looked up");
      }
      try {
        return Parsed.valid(Path.of(text));
      } catch (InvalidPathException notAPath) {
        return Parsed.invalid("is not a path");
      }
    }

    @Override
    public Path in(Path home, Path value) {
      return value.startsWith("~") ? home.resolve(Path.of("~").relativize(value)) : value;
    }
  }

  /** The URL of a mirror. */
  record MirrorUrlType() implements ValueType<MirrorUrl> {

    @Override
    public Class<MirrorUrl> javaType() {
      return MirrorUrl.class;
    }

    @Override
    public String what() {
      return "an https:// or http:// URL; USER:PASSWORD@ only with https, or http on loopback";
    }

    @Override
    public String example() {
      return "https://mirror.corp.example/base";
    }

    @Override
    public Parsed<MirrorUrl> parse(String text) {
      return MirrorUrl.parse(text);
    }
  }

  /** Which mirrors are asked. */
  record GoProxyType() implements ValueType<GoProxyText> {

    @Override
    public Class<GoProxyText> javaType() {
      return GoProxyText.class;
    }

    @Override
    public String what() {
      return "GOPROXY syntax: names of mirrors, URLs, direct, off; after \",\" the next is asked on 404"
          + " and 410, after \"|\" on any error";
    }

    @Override
    public String example() {
      return "corp|public";
    }

    @Override
    public Parsed<GoProxyText> parse(String text) {
      return GoProxyText.parse(text);
    }
  }

  /** A number without its unit is a mistake that {@link ValueType#parse} explains best. */
  static Optional<String> textOrNumeral(Node node) {
    return switch (node) {
      case Node.Text text -> Optional.of(text.value());
      case Node.Numeral number -> Optional.of(number.text());
      case Node.Mapping _, Node.Sequence _, Node.Bool _, Node.Null _ -> Optional.empty();
    };
  }
}
