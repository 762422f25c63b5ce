package dev.modgate.verify;

import java.util.function.Function;

/**
 * The result of reading untrusted text: the value, or one printable sentence that says why it is
 * not one.
 *
 * @param <T> what was asked for
 */
public sealed interface Parsed<T> {

  /**
   * The text was well-formed.
   *
   * @param <T> what was asked for
   * @param value of the text
   */
  record Valid<T>(T value) implements Parsed<T> {}

  /**
   * The text was refused.
   *
   * @param <T> what was asked for
   * @param reason printable, one line, at most a few hundred characters; it may quote the text
   */
  record Invalid<T>(String reason) implements Parsed<T> {}

  /**
   * {@return a value that was read}
   *
   * @param <T> its type
   * @param value of well-formed text
   */
  static <T> Parsed<T> valid(T value) {
    return new Valid<>(value);
  }

  /**
   * {@return a refusal}
   *
   * @param <T> what was asked for
   * @param reason as in {@link Invalid}
   */
  static <T> Parsed<T> invalid(String reason) {
    return new Invalid<>(reason);
  }

  /**
   * Goes on with the value, or keeps the reason.
   *
   * @param <U> what is read next
   * @param next reads it; not called after a refusal
   * @return what {@code next} returns, or the refusal
   */
  default <U> Parsed<U> then(Function<? super T, Parsed<U>> next) {
    return switch (this) {
      case Valid<T>(T value) -> next.apply(value);
      case Invalid<T>(String reason) -> new Invalid<>(reason);
    };
  }

  /** {@return true if the text was well-formed} */
  default boolean isValid() {
    return this instanceof Valid<T>;
  }

  /**
   * The value of text that is known to be well-formed, such as a constant.
   *
   * @return the value
   * @throws IllegalArgumentException with the reason, if the text was refused
   */
  default T orThrow() {
    return switch (this) {
      case Valid<T>(T value) -> value;
      case Invalid<T>(String reason) -> throw new IllegalArgumentException(reason);
    };
  }
}
