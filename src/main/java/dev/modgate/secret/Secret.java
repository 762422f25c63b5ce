package dev.modgate.secret;

import dev.modgate.verify.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The value of a credential: 1 to 8192 characters of printable ASCII, spaces included, so that it
 * can stand in a header field (RFC 9110 §5.5). It prints as {@code [REDACTED]} and is not {@link
 * java.io.Serializable}.
 */
public final class Secret {

  /** What every secret prints as. */
  public static final String REDACTED = "[REDACTED]";

  /** In characters; Undertow, Envoy and nginx refuse longer header lines. */
  static final int MAX_LENGTH = 8192;

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Refuses an empty or overlong text and every character outside printable ASCII; the reason names
   * the kind of character and its position, never the text.
   */
  public static Parsed<Secret> of(String text) {
    if (text.isEmpty()) {
      return Parsed.invalid("a secret is empty");
    }
    if (text.length() > MAX_LENGTH) {
      return Parsed.invalid("a secret is longer than " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        return Parsed.invalid(
            "a secret holds %s at character %d of %d".formatted(kind(c), i + 1, text.length()));
      }
    }
    return Parsed.valid(new Secret(text));
  }

  private static String kind(char c) {
    return switch (c) {
      case '\r' -> "a carriage return";
      case '\n' -> "a line feed";
      case '\0' -> "a NUL";
      default -> c > 0x7f ? "a character outside ASCII" : "a control character";
    };
  }

  /** The value itself: to be written to the wire, and nowhere else. */
  public String reveal() {
    return value;
  }

  /** Takes the same time wherever two values of one length differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  /** The same for all: a hash would tell about the value. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return REDACTED;
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.US_ASCII);
  }
}
