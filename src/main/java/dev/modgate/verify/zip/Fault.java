package dev.modgate.verify.zip;

import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.util.Optional;

/**
 * What a check answers: the rule that it saw broken, or nothing. Who gets a fault reads no further
 * and hands it on, so that the verdict is the first one.
 */
final class Fault {
  private Fault() {}

  /**
   * A broken rule.
   *
   * @param rule a word of the package's list
   * @param reason one printable line
   */
  static Optional<Unsound> of(String rule, String reason) {
    return Optional.of(new Unsound(rule, reason));
  }
}
