package dev.modgate.config;

import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the values of a key are written, and what they are.
 *
 * @param <T> what they are
 */
interface ValueType<T> {

  Class<T> javaType();

  /** What is expected, with units and range: {@code a duration with its unit, 1ms to 5m}. */
  String what();

  /** A well-formed text, as it may stand in the file. */
  String example();

  /**
   * Reads a text of the environment, a flag, a default, or of {@link #textOf}. The reason follows
   * the name of the key ("needs its unit") and does not repeat the text.
   */
  Parsed<T> parse(String text);

  /** The text of a value in the file; empty if it is of the wrong kind. */
  default Optional<String> textOf(Node node) {
    return node instanceof Node.Text text ? Optional.of(text.value()) : Optional.empty();
  }

  /** What a value in the file is that {@link #textOf} has no text of. */
  default String found(Node node) {
    return node.kind();
  }

  /** A text that reads as the value, except that credentials are {@code [REDACTED]}. */
  default String show(T value) {
    return value.toString();
  }

  /** The value as it is meant for a user whose home directory this is. */
  default T in(Path home, T value) {
    return value;
  }
}
