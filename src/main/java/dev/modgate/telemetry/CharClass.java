package dev.modgate.telemetry;

/** Classes of characters, as bits, so that a scan asks a table. */
final class CharClass {

  /** ASCII letters and digits. */
  static final int ALPHANUMERIC = 1;

  /** What a name, a token or a number consists of. */
  static final int WORD = 2;

  /** What may follow inside a token. */
  static final int TAIL = 4;

  /** A run of these may be opaque. */
  static final int OPAQUE = 8;

  /** The base64 alphabet with its padding, RFC 4648 §4. */
  static final int BASE64 = 16;

  /** Between a name and its value: white space, quotes, and plus for a space. */
  static final int GAP = 32;

  /** Ends a URL in running text. */
  static final int DELIMITER = 64;

  /** The classes of each ASCII character. */
  private static final byte[] CLASSES = classes();

  private CharClass() {}

  /** True if the character is of one of the classes; beyond ASCII only white space is of any. */
  static boolean isOf(char c, int classes) {
    return c < CLASSES.length ? (CLASSES[c] & classes) != 0 : isWideSpace(c, classes);
  }

  /** The index of the first character from here that is of none of the classes, or the length. */
  static int skip(String text, int from, int classes) {
    int i = from;
    while (i < text.length() && isOf(text.charAt(i), classes)) {
      i++;
    }
    return i;
  }

  /** The index of the first of the characters before here that are of one of the classes. */
  static int skipBack(String text, int from, int classes) {
    int i = from;
    while (i > 0 && isOf(text.charAt(i - 1), classes)) {
      i--;
    }
    return i;
  }

  private static boolean isWideSpace(char c, int classes) {
    return (classes & (GAP | DELIMITER)) != 0 && Character.isWhitespace(c);
  }

  private static byte[] classes() {
    byte[] classes = new byte[128];
    for (char c = 0; c < classes.length; c++) {
      classes[c] =
          (byte)
              (mark(ALPHANUMERIC | WORD | TAIL | OPAQUE | BASE64, TextRule.isLetterOrDigit(c))
                  | mark(GAP | DELIMITER, Character.isWhitespace(c))
                  | mark(c, WORD, "_-.")
                  | mark(c, TAIL, "_-.=+/~")
                  | mark(c, OPAQUE, "_+=")
                  | mark(c, BASE64, "+/=")
                  | mark(c, GAP, "\"'+")
                  | mark(c, DELIMITER, "\"'<>`,;(){}[]\\"));
    }
    return classes;
  }

  private static int mark(char c, int classes, String members) {
    return mark(classes, members.indexOf(c) >= 0);
  }

  private static int mark(int classes, boolean member) {
    return member ? classes : 0;
  }
}
