package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CharClassTest {

  private static final String LETTERS_AND_DIGITS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private static final String WHITE_SPACE = " \t\n\u000b\f\r\u001c\u001d\u001e\u001f";

  @Test
  void isOf_everyAsciiCharacter_isOfItsClassesAlone() {
    assertMembers(CharClass.ALPHANUMERIC, LETTERS_AND_DIGITS);
    assertMembers(CharClass.WORD, LETTERS_AND_DIGITS + "_-.");
    assertMembers(CharClass.TAIL, LETTERS_AND_DIGITS + "_-.=+/~");
    assertMembers(CharClass.OPAQUE, LETTERS_AND_DIGITS + "_+=");
    assertMembers(CharClass.BASE64, LETTERS_AND_DIGITS + "+/=");
    assertMembers(CharClass.GAP, WHITE_SPACE + "\"'+");
    assertMembers(CharClass.DELIMITER, WHITE_SPACE + "\"'<>`,;(){}[]\\");
    assertMembers(CharClass.GAP | CharClass.BASE64, LETTERS_AND_DIGITS + WHITE_SPACE + "\"'+/=");
  }

  private static void assertMembers(int classes, String members) {
    for (char c = 0; c < 128; c++) {
      assertEquals(members.indexOf(c) >= 0, CharClass.isOf(c, classes), classes + ": " + (int) c);
    }
  }

  @Test
  void isOf_beyondAscii_onlyWhiteSpaceSeparates() {
    char emSpace = '\u2003';
    assertTrue(CharClass.isOf(emSpace, CharClass.GAP));
    assertTrue(CharClass.isOf(emSpace, CharClass.DELIMITER));
    assertTrue(CharClass.isOf(emSpace, CharClass.DELIMITER | CharClass.WORD));
    assertFalse(CharClass.isOf(emSpace, CharClass.WORD | CharClass.TAIL | CharClass.BASE64));
    for (char c : new char[] {'\u0080', '\u00e9', '\u0661', '\uff21', '\uffff'}) {
      assertFalse(CharClass.isOf(c, -1), "U+" + Integer.toHexString(c));
    }
  }

  @ParameterizedTest
  @CsvSource({"ab.c d, 0, 4", "ab.c d, 2, 4", "ab.c d, 4, 4", "ab, 0, 2", "ab, 2, 2", "'', 0, 0"})
  void skip_words_endsBehindTheLast(String text, int from, int end) {
    assertEquals(end, CharClass.skip(text, from, CharClass.WORD));
  }

  @ParameterizedTest
  @CsvSource({"a b.cd, 6, 2", "a b.cd, 4, 2", "a b.cd, 2, 2", "ab, 2, 0", "ab, 0, 0", "'', 0, 0"})
  void skipBack_words_beginsAtTheFirst(String text, int from, int start) {
    assertEquals(start, CharClass.skipBack(text, from, CharClass.WORD));
  }
}
