package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each shape alone, at its bounds. */
final class AssignedValuesTest {

  /** Fourteen letters and digits. */
  private static final String RUN = "7Hd92kQp41LmZ3";

  /** Thirty characters, three digits, no fourteen letters and digits in a row. */
  private static final String BROKEN_RUN = "ab-cd_ef-gh.ij-kl-mn-op-qr-123";

  /** With two digits, so that it is no broken run. */
  private static final String UUID = "abcdefab-cdef-10bc-afab-cdefABCDEFab";

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "x=RUN ! x=[REDACTED]",
        "x = RUN y ! x = [REDACTED] y",
        "x|RUN ! x|[REDACTED]",
        "x => 'RUN' ! x => '[REDACTED]'",
        "x:\"RUN\", y ! x:\"[REDACTED]\", y",
        "x,RUN==;y ! x,[REDACTED];y",
        "a=b, c=RUN ! a=b, c=[REDACTED]",
        "x=BROKEN ! x=[REDACTED]",
        "x: BROKEN y ! x: [REDACTED] y",
        "x=UUID ! x=[REDACTED]",
        "x: UUID, y ! x: [REDACTED], y",
        "x=UUID-and-more y ! x=[REDACTED] y",
      })
  void find_eachShapeBehindAnOperator_cutsIt(String text, String expected) {
    assertEquals(expected, found(filled(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN",
        "x RUN",
        "x=",
        "x=7Hd92kQp41LmZ",
        "x=abcdefghijklmn",
        "x=12345678901234",
        "h1:n4qYNVzXyMzh1JxYQO1VgzRvFVcLdzXVEZL8vAhLKHE=",
        "UUID",
      })
  void find_noOperatorOrNoShape_leavesIt(String text) {
    assertEquals(filled(text), found(filled(text)));
  }

  /** Quotes and white space; a seventh is no longer between a name and its value. */
  @Test
  void find_sixCharactersBetweenOperatorAndValue_areSkippedAndNoMore() {
    assertEquals("x=  '\"`\t[REDACTED]", found("x=  '\"`\t" + RUN));
    assertEquals("x=  '\"`\t " + RUN, found("x=  '\"`\t " + RUN));
  }

  @Test
  void find_brokenRun_needsThirtyCharactersAndThreeDigits() {
    String short29 = BROKEN_RUN.substring(1);
    assertEquals("x=" + short29, found("x=" + short29));
    // The second operator is no part of the value.
    assertEquals("x==" + short29, found("x==" + short29));
    assertEquals("x==[REDACTED]", found("x==" + BROKEN_RUN));
    String twoDigits = BROKEN_RUN.replace('3', 'z');
    assertEquals("x=" + twoDigits, found("x=" + twoDigits));
  }

  /** A slash makes it a path, unless it stands beyond what is looked at. */
  @Test
  void find_brokenRun_isLookedAtForSixtyFourCharacters() {
    assertEquals("x=a/" + BROKEN_RUN, found("x=a/" + BROKEN_RUN));
    String upTo64 = BROKEN_RUN + "-a".repeat(17);
    assertEquals("x=[REDACTED]", found("x=" + upTo64 + "/b"));
    String upTo63 = upTo64.substring(0, 63);
    assertEquals("x=" + upTo63 + "/b", found("x=" + upTo63 + "/b"));
    String lastDigitAt64 = "a-".repeat(30) + "12-3";
    assertEquals("x=[REDACTED]", found("x=" + lastDigitAt64));
    assertEquals("x=-" + lastDigitAt64, found("x=-" + lastDigitAt64));
  }

  @Test
  void find_uuidCutShort_leavesIt() {
    for (int length = 0; length < UUID.length(); length++) {
      String text = "x=" + UUID.substring(0, length);
      assertEquals(text, found(text));
    }
  }

  @Test
  void find_uuidWithOneCharacterOfAnotherKind_leavesIt() {
    for (int i = 0; i < UUID.length(); i++) {
      // Neither a hex digit nor a hyphen; where a hyphen belongs, a digit; and the other way round.
      for (String other : new String[] {"g", UUID.charAt(i) == '-' ? "a" : "-"}) {
        String text = "x=" + UUID.substring(0, i) + other + UUID.substring(i + 1);
        assertEquals(text, found(text));
      }
    }
  }

  private static String filled(String text) {
    return text.replace("RUN", RUN).replace("BROKEN", BROKEN_RUN).replace("UUID", UUID);
  }

  private static String found(String text) {
    Cuts cuts = new Cuts();
    AssignedValues.find(text, cuts);
    return cuts.apply(text);
  }
}
