package dev.modgate.verify.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text that notes and log records are made of: valid UTF-8 with no control character below
 * U+0020 but the newline U+000A. U+007F and U+FFFD are allowed.
 *
 * <p>Because the bytes are checked and not repaired, encoding the text again gives the same bytes.
 */
public final class PlainText {

  private PlainText() {}

  /**
   * Decodes a whole text.
   *
   * @param bytes any bytes
   * @return the text, or empty if the bytes are not plain text
   */
  public static Optional<String> decode(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < 0x20 && b != '\n') {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** True for the characters with the Unicode property White_Space. */
  static boolean isSpace(int character) {
    return (character >= 0x09 && character <= 0x0d)
        || character == 0x20
        || character == 0x85
        || character == 0xa0
        || character == 0x1680
        || (character >= 0x2000 && character <= 0x200a)
        || character == 0x2028
        || character == 0x2029
        || character == 0x202f
        || character == 0x205f
        || character == 0x3000;
  }
}
