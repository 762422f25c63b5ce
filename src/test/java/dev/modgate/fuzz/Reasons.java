package dev.modgate.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.verify.Parsed;

/** What is true of every refusal: one printable line of a few hundred characters. */
final class Reasons {

  private static final int MAX_CHARACTERS = 600;

  private Reasons() {}

  static void check(String reason) {
    assertFalse(reason.isBlank(), "a refusal says why");
    assertTrue(reason.length() <= MAX_CHARACTERS, () -> "too long: " + reason.length());
    assertTrue(
        reason.chars().allMatch(c -> c >= ' ' && c <= '~'), () -> "not printable: " + reason);
  }

  static void check(Parsed<?> parsed) {
    if (parsed instanceof Parsed.Invalid<?>(String reason)) {
      check(reason);
    }
  }
}
