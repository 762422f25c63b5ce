package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Takes credentials out of text: the secrets that this process knows ({@link KnownSecrets}) and
 * what looks like one ({@link CredentialShapes}), both also behind percent-encoding and JSON
 * escapes. Linear in the length of the text; no regular expressions.
 */
final class Scrubber {

  /** Longer text (in characters) is replaced as a whole, so that no cut can halve a token. */
  static final int MAX_LENGTH = 8 * 1024;

  /** How often an encoding inside an encoding is undone. */
  private static final int MAX_DECODINGS = 3;

  private final KnownSecrets secrets;
  private final Runnable replaced;
  private final CleanTexts.Current clean = new CleanTexts.Current();

  Scrubber(KnownSecrets secrets) {
    this(secrets, () -> {});
  }

  /**
   * @param replaced is told of each text in which something was replaced
   */
  Scrubber(KnownSecrets secrets, Runnable replaced) {
    this.secrets = secrets;
    this.replaced = replaced;
  }

  /**
   * The text with {@value Cuts#PLACEHOLDER} for each credential: the same object if there is none.
   * A credential that shows only after decoding takes the whole text with it.
   */
  String scrub(String text) {
    if (text.length() > MAX_LENGTH) {
      replaced.run();
      return "[REDACTED: " + text.length() + " characters]";
    }
    CleanTexts known = clean.of(generation());
    if (known.contains(text)) {
      return text;
    }
    if (hidesCredential(text)) {
      replaced.run();
      return Cuts.PLACEHOLDER;
    }
    Cuts cuts = find(text);
    if (cuts.isEmpty()) {
      known.add(text);
      return text;
    }
    replaced.run();
    return cuts.apply(text);
  }

  /** Changes whenever the answers may have changed, because a secret came or went. */
  long generation() {
    return secrets.generation();
  }

  private Cuts find(String text) {
    Cuts cuts = new Cuts();
    secrets.find(text, cuts);
    CredentialShapes.find(text, cuts);
    return cuts;
  }

  private boolean hidesCredential(String text) {
    String decoded = text;
    for (int i = 0; i < MAX_DECODINGS; i++) {
      String once = unescape(unpercent(decoded));
      if (once.equals(decoded)) {
        return false;
      }
      decoded = once;
      if (!find(decoded).isEmpty()) {
        return true;
      }
    }
    // Still encoded: nobody needs that.
    return !unescape(unpercent(decoded)).equals(decoded);
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
