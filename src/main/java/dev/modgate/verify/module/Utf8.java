package dev.modgate.verify.module;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Characters of UTF-8 bytes, read from any byte as Go's utf8.DecodeRune does. */
final class Utf8 {

  private static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /** False if the text has a surrogate without its other half: it has no UTF-8. */
  static boolean isUnicode(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE);
  }

  /**
   * The UTF-8 bytes.
   *
   * @throws IllegalArgumentException if the text is not {@link #isUnicode}
   */
  static byte[] bytes(String text) {
    if (!isUnicode(text)) {
      throw new IllegalArgumentException("the text is not Unicode");
    }
    return text.getBytes(UTF_8);
  }

  /** The number of bytes, 1 to 4, of the character at {@code at}; 1 inside of a character. */
  static int width(byte[] valid, int at) {
    int lead = valid[at] & 0xFF;
    if (lead < 0xC0) {
      return 1;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }

  /** The character at {@code at} of valid UTF-8; U+FFFD inside of a character. */
  static int character(byte[] valid, int at) {
    int lead = valid[at] & 0xFF;
    if (lead < 0x80) {
      return lead;
    }
    if (lead < 0xC0) {
      return REPLACEMENT;
    }
    int width = width(valid, at);
    int c = lead & (0x7F >> width);
    for (int i = 1; i < width; i++) {
      c = c << 6 | (valid[at + i] & 0x3F);
    }
    return c;
  }
}
