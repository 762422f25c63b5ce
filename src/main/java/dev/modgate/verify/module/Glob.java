package dev.modgate.verify.module;

/**
 * A glob of Go's path.Match: {@code *} and {@code ?} do not cross a slash, {@code [a-z]} and {@code
 * [^a-z]} are classes (which may take a slash), a backslash takes the next character as it is. A
 * malformed glob matches nothing.
 *
 * <p>Names are UTF-8: a question mark and a class take a character, but a star ends behind any
 * byte, and each byte of a character cut that way is a character U+FFFD.
 *
 * <p>Only the last star is ever tried again, so time is bounded by the length of the glob times
 * that of the name.
 *
 * @see <a href="https://pkg.go.dev/path#Match">pkg.go.dev/path#Match</a>
 */
final class Glob {

  private static final int MALFORMED = -1;
  private static final int NO_MATCH = -1;

  private final String text;
  private final byte[] glob;
  private final boolean wellFormed;
  private final int slashes;

  private Glob(String text, byte[] glob) {
    this.text = text;
    this.glob = glob;
    this.wellFormed = isWellFormed();
    this.slashes = Math.toIntExact(text.chars().filter(c -> c == '/').count());
  }

  /** Takes any text; what is malformed matches nothing. */
  static Glob of(String text) {
    // A lone escape is malformed, and so is text without UTF-8.
    return new Glob(text, Utf8.bytes(Utf8.isUnicode(text) ? text : "\\"));
  }

  /** The glob as it was written. */
  String text() {
    return text;
  }

  /** How many slashes are in it. */
  int slashes() {
    return slashes;
  }

  /**
   * Whether the glob takes all of a name.
   *
   * @param name UTF-8
   * @param length bytes of the name; a slash stands behind them, or nothing
   */
  boolean matches(byte[] name, int length) {
    if (!wellFormed) {
      return false;
    }
    int g = 0;
    int n = 0;
    int starGlob = -1;
    int starName = 0;
    while (g < glob.length || n < length) {
      if (g < glob.length && glob[g] == '*') {
        starGlob = ++g;
        starName = n;
        continue;
      }
      int behind = g < glob.length && n < length ? take(g, name, n) : NO_MATCH;
      if (behind != NO_MATCH) {
        g = end(g);
        n = behind;
      } else if (starGlob >= 0 && starName < length && name[starName] != '/') {
        g = starGlob;
        n = ++starName;
      } else {
        return false;
      }
    }
    return true;
  }

  /** Behind what the single item at {@code g} takes of the name, or NO_MATCH. */
  private int take(int g, byte[] name, int n) {
    boolean taken =
        switch (glob[g]) {
          case '?' -> name[n] != '/';
          case '[' -> inClass(g, Utf8.character(name, n));
          case '\\' -> glob[g + 1] == name[n];
          default -> glob[g] == name[n];
        };
    boolean whole = glob[g] == '?' || glob[g] == '[';
    return taken ? n + (whole ? Utf8.width(name, n) : 1) : NO_MATCH;
  }

  private boolean inClass(int g, int c) {
    boolean negated = glob[g + 1] == '^';
    boolean in = false;
    int i = g + (negated ? 2 : 1);
    do {
      int low = unescaped(i);
      int high = low;
      i = low + Utf8.width(glob, low);
      if (glob[i] == '-') {
        high = unescaped(i + 1);
        i = high + Utf8.width(glob, high);
      }
      in |= Utf8.character(glob, low) <= c && c <= Utf8.character(glob, high);
    } while (glob[i] != ']');
    return in != negated;
  }

  /** Where the character itself stands: behind the backslash, if there is one at {@code i}. */
  private int unescaped(int i) {
    return glob[i] == '\\' ? i + 1 : i;
  }

  /** Behind the single item at {@code g}. */
  private int end(int g) {
    return switch (glob[g]) {
      case '\\' -> g + 2;
      case '[' -> classEnd(g);
      default -> g + 1;
    };
  }

  private boolean isWellFormed() {
    for (int g = 0; g < glob.length; g = end(g)) {
      boolean loneEscape = glob[g] == '\\' && g + 1 == glob.length;
      if (loneEscape || (glob[g] == '[' && classEnd(g) == MALFORMED)) {
        return false;
      }
    }
    return true;
  }

  /** Behind the bracket that closes the class, or MALFORMED. */
  private int classEnd(int g) {
    int i = g + 1;
    if (i < glob.length && glob[i] == '^') {
      i++;
    }
    do {
      i = member(i);
      if (i != MALFORMED && glob[i] == '-') {
        i = member(i + 1);
      }
    } while (i != MALFORMED && glob[i] != ']');
    return i == MALFORMED ? MALFORMED : i + 1;
  }

  /** Behind one end of a range, still inside of the glob; or MALFORMED. */
  private int member(int i) {
    if (i >= glob.length || glob[i] == '-' || glob[i] == ']') {
      return MALFORMED;
    }
    int start = unescaped(i);
    int behind = start < glob.length ? start + Utf8.width(glob, start) : start;
    return behind < glob.length ? behind : MALFORMED;
  }
}
