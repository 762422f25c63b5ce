package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Undoes percent-encoding and JSON escapes, as often as text may sensibly have them. */
final class Decoding {

  /** How often an encoding inside an encoding is undone. */
  static final int MOST = 3;

  private Decoding() {}

  /** Both undone once: the same text if there is neither. */
  static String once(String text) {
    return unescape(unpercent(text));
  }

  /** Undoes %XX; what is not followed by two hex digits stays. */
  private static String unpercent(String text) {
    int mark = text.indexOf('%');
    if (mark < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    int from = 0;
    while (mark >= 0) {
      int value = hex(text, mark + 1, 2);
      if (value >= 0) {
        out.writeBytes(text.substring(from, mark).getBytes(UTF_8));
        out.write(value);
        from = mark + 3;
      }
      mark = text.indexOf('%', Math.max(from, mark + 1));
    }
    out.writeBytes(text.substring(from).getBytes(UTF_8));
    return out.toString(UTF_8);
  }

  /** Undoes a backslash before a character, and the u-escapes of JSON (RFC 8259 §7). */
  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        out.append(c);
        continue;
      }
      int value = text.charAt(i + 1) == 'u' ? hex(text, i + 2, 4) : -1;
      out.append(value < 0 ? text.charAt(i + 1) : (char) value);
      i += value < 0 ? 1 : 5;
    }
    return out.toString();
  }

  /** The number that so many hex digits stand for, or -1. */
  private static int hex(String text, int from, int count) {
    if (from + count > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
