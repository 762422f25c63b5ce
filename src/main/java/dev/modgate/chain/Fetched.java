package dev.modgate.chain;

import java.util.List;

/**
 * What the whole chain came to.
 *
 * @param <T> what the examiner makes of a delivery
 */
public sealed interface Fetched<T> {

  /** One mirror that did not help. */
  record Attempt(String mirror, Failure failure) {}

  /** The attempts that failed, in order. */
  List<Attempt> failures();

  /** A mirror delivered and the examiner accepted it. */
  record Found<T>(T value, String mirror, List<Attempt> failures) implements Fetched<T> {}

  /** Every mirror that was asked says that it does not exist. */
  record Absent<T>(int status, String text, String mirror) implements Fetched<T> {
    @Override
    public List<Attempt> failures() {
      return List.of();
    }
  }

  /** At least one mirror failed and none had it. */
  record Failed<T>(List<Attempt> failures) implements Fetched<T> {}
}
