package dev.modgate.verify.note;

import java.util.Base64;
import java.util.Optional;

/**
 * Standard base64 (RFC 4648 §4) whose padding must be there, as in Go's {@code base64.StdEncoding}.
 * The decoder of java.util takes text without padding. Stricter than there: line breaks are not
 * skipped.
 */
public final class PaddedBase64 {

  private PaddedBase64() {}

  /**
   * Decodes a whole text.
   *
   * @param text any text; the empty one is zero bytes
   * @return the bytes, or empty if the text is not base64 with its padding
   */
  public static Optional<byte[]> decode(String text) {
    if (text.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
