package dev.modgate.verify.sumdb;

import java.util.Optional;
import java.util.function.Function;

/**
 * What came of asking one source, or all of them, for something that has to be proven.
 *
 * @param <T> what was asked for
 */
sealed interface Sought<T> {

  /** It is proven. */
  record Got<T>(T value) implements Sought<T> {}

  /** It is said not to exist. */
  record Missing<T>(int status, String text) implements Sought<T> {}

  /** Nothing is known now. */
  record Unavailable<T>(String reason) implements Sought<T> {}

  /** What was answered can't be true; with a fork, the database itself is to blame. */
  record Refused<T>(String reason, Optional<Fork> fork) implements Sought<T> {}

  /** Goes on with what is proven, or keeps the failure. */
  default <U> Sought<U> then(Function<? super T, Sought<U>> next) {
    return switch (this) {
      case Got<T>(T value) -> next.apply(value);
      case Missing<T>(int status, String text) -> new Missing<>(status, text);
      case Unavailable<T>(String reason) -> new Unavailable<>(reason);
      case Refused<T>(String reason, Optional<Fork> fork) -> new Refused<>(reason, fork);
    };
  }

  static <T> Sought<T> forked(Fork fork) {
    return new Refused<>(
        "the checksum database " + fork.database() + " has signed contradicting tree heads",
        Optional.of(fork));
  }

  static <T> Sought<T> refuted(String reason) {
    return new Refused<>(reason, Optional.empty());
  }
}
