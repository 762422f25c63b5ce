package dev.modgate.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ParsedTest {

  private static final Parsed<Integer> VALID = Parsed.valid(7);
  private static final Parsed<Integer> INVALID = Parsed.invalid("no number");

  @Test
  void isValid_onlyOfAValue() {
    assertTrue(VALID.isValid());
    assertFalse(INVALID.isValid());
  }

  @Test
  void then_value_isWhatTheNextStepMakesOfIt() {
    assertEquals(Parsed.valid("7"), VALID.then(number -> Parsed.valid("" + number)));
    assertEquals(Parsed.invalid("too small"), VALID.then(number -> Parsed.invalid("too small")));
  }

  @Test
  void then_noValue_keepsTheReasonAndSkipsTheStep() {
    assertEquals(
        Parsed.invalid("no number"),
        INVALID.then(number -> {
          throw new AssertionError("asked for " + number);
        }));
  }

  @Test
  void orThrow_noValue_throwsWithTheReason() {
    assertEquals(7, VALID.orThrow());
    assertEquals(
        "no number", assertThrows(IllegalArgumentException.class, INVALID::orThrow).getMessage());
  }
}
