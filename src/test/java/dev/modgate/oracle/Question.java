package dev.modgate.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request to the oracle.
 *
 * @param op the name of an operation in src/test/go/oracle
 * @param args any bytes
 */
public record Question(String op, List<byte[]> args) {

  /** Takes texts, each of which has UTF-8: no surrogate without its other half. */
  public static Question of(String op, String... args) {
    return new Question(op, Stream.of(args).map(arg -> arg.getBytes(UTF_8)).toList());
  }

  /** An argument as text. */
  public String text(int index) {
    return new String(args.get(index), UTF_8);
  }

  String line() {
    return Stream.concat(Stream.of(op), args.stream().map(Base64.getEncoder()::encodeToString))
        .collect(Collectors.joining(" ", "", "\n"));
  }

  /** The operation and its arguments, quoted, all but printable ASCII escaped. */
  @Override
  public String toString() {
    return op
        + args.stream()
            .map(arg -> " \"" + escape(new String(arg, UTF_8)) + "\"")
            .collect(Collectors.joining());
  }

  private static String escape(String text) {
    return text.codePoints()
        .mapToObj(c ->
            c < ' ' || c > '~' || c == '"' || c == '\\'
                ? String.format("\\u{%x}", c)
                : Character.toString(c))
        .collect(Collectors.joining());
  }
}
