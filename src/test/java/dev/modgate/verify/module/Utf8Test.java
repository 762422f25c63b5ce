package dev.modgate.verify.module;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The encoder of the JDK is the measure. */
final class Utf8Test {

  @Test
  void character_everyOne_isReadFromItsBytes() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (!isSurrogate(c)) {
        byte[] bytes = Character.toString(c).getBytes(UTF_8);
        assertEquals(c, Utf8.character(bytes, 0));
        assertEquals(bytes.length, Utf8.width(bytes, 0));
        for (int inside = 1; inside < bytes.length; inside++) {
          assertEquals(0xFFFD, Utf8.character(bytes, inside));
          assertEquals(1, Utf8.width(bytes, inside));
        }
      }
    }
  }

  @Test
  void bytes_everyCharacter_areThoseOfTheEncoderAndNoneOfASurrogate() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = "a" + Character.toString(c) + "b";
      assertEquals(!isSurrogate(c), Utf8.isUnicode(text));
      if (isSurrogate(c)) {
        assertThrows(IllegalArgumentException.class, () -> Utf8.bytes(text));
      } else {
        assertArrayEquals(text.getBytes(UTF_8), Utf8.bytes(text));
      }
    }
  }

  private static boolean isSurrogate(int c) {
    return c >= 0xD800 && c < 0xE000;
  }
}
