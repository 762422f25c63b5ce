package dev.modgate.protocol;

import dev.modgate.verify.Parsed;
import java.util.HexFormat;

/**
 * Percent-decoding of a path, once. The names of the protocol are printable ASCII, so anything else
 * is refused here; so is an escaped slash, and a percent sign that is left over, because somebody
 * behind us might decode a second time. A plus sign is a plus sign.
 */
final class PercentDecoder {

  /** No part of a path as it stands (RFC 3986 §3.3); a fragment would begin at the first. */
  private static final String NEVER_PLAIN = "#?\"<>[\\]^`{|}";

  private PercentDecoder() {}

  /** The one spelling of a decoded path that decodes to it: only what must be is escaped. */
  static String encode(String path) {
    StringBuilder encoded = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c > '~' || c == '%' || NEVER_PLAIN.indexOf(c) >= 0) {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }

  static Parsed<String> decode(String raw) {
    StringBuilder decoded = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int value =
            i + 2 < raw.length() ? hex(raw.charAt(i + 1)) * 16 + hex(raw.charAt(i + 2)) : -1;
        if (value < 0x20 || value > '~' || value == '/' || value == '%') {
          return Parsed.invalid("the path has a percent-escape that is not allowed");
        }
        decoded.append((char) value);
        i += 2;
      } else if (c <= ' ' || c > '~' || NEVER_PLAIN.indexOf(c) >= 0) {
        return Parsed.invalid("the path has a character that is not allowed");
      } else {
        decoded.append(c);
      }
    }
    return Parsed.valid(decoded.toString());
  }

  /** The value of a hex digit, or so negative a number that no sum with it is positive. */
  private static int hex(char c) {
    int value = c < 0x80 ? Character.digit(c, 16) : -1;
    return value < 0 ? -1000 : value;
  }
}
