package dev.modgate.verify.module;

import dev.modgate.verify.Parsed;

/**
 * {@code !a} for {@code A}, so that file systems that ignore case keep modules apart.
 *
 * @see <a href="https://go.dev/ref/mod#goproxy-protocol">go.dev/ref/mod#goproxy-protocol</a>
 */
final class Escape {

  private Escape() {}

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 4);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isUpper(c)) {
        escaped.append('!').append((char) (c + ('a' - 'A')));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  static Parsed<String> unescape(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c >= 0x80 || isUpper(c)) {
        return Parsed.invalid("an escaped path has no upper case and no character beyond ASCII");
      }
      if (c == '!') {
        i++;
        if (i == escaped.length() || escaped.charAt(i) < 'a' || escaped.charAt(i) > 'z') {
          return Parsed.invalid("an exclamation mark must stand before a lower-case letter");
        }
        c = (char) (escaped.charAt(i) - ('a' - 'A'));
      }
      text.append(c);
    }
    return Parsed.valid(text.toString());
  }

  private static boolean isUpper(char c) {
    return 'A' <= c && c <= 'Z';
  }
}
