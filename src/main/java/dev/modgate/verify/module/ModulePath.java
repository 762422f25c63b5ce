package dev.modgate.verify.module;

import dev.modgate.verify.Parsed;

/** A module path that keeps the rules of x/mod module.CheckPath. */
public final class ModulePath {

  private static final String GOPKG_IN = "gopkg.in/";

  private final String text;
  private final String escaped;
  private final String major;

  private ModulePath(String text, String major) {
    this.text = text;
    this.escaped = Escape.escape(text);
    this.major = major;
  }

  /**
   * Reads a path as it stands in go.mod.
   *
   * @param text any text
   * @return the path, or which rule it breaks
   * @see <a href="https://go.dev/ref/mod#go-mod-file-ident">go.dev/ref/mod#go-mod-file-ident</a>
   */
  public static Parsed<ModulePath> parse(String text) {
    return PathRules.MODULE
        .check(text)
        .then(ModulePath::checkFirstElement)
        .then(ModulePath::majorOf)
        .then(major -> Parsed.valid(new ModulePath(text, major)));
  }

  /**
   * Reads a path as it stands in a URL: {@code !a} for {@code A} (x/mod module.UnescapePath).
   *
   * @param escaped any text
   * @return the path, or which rule it breaks
   * @see <a href="https://go.dev/ref/mod#goproxy-protocol">go.dev/ref/mod#goproxy-protocol</a>
   */
  public static Parsed<ModulePath> unescape(String escaped) {
    return Escape.unescape(escaped).then(ModulePath::parse);
  }

  /** {@return the path as in go.mod} */
  public String text() {
    return text;
  }

  /** {@return the path as in URLs and file names (x/mod module.EscapePath)} */
  public String escaped() {
    return escaped;
  }

  /**
   * {@return the suffix that names the major version, {@code /v2} or {@code .v1}, or the empty
   * text}
   *
   * @see <a href="https://go.dev/ref/mod#major-version-suffixes">
   *     go.dev/ref/mod#major-version-suffixes</a>
   */
  public String major() {
    return major;
  }

  private static Parsed<String> checkFirstElement(String text) {
    int slash = text.indexOf('/');
    String first = slash < 0 ? text : text.substring(0, slash);
    boolean host =
        first.indexOf('.') >= 0
            && first
                .chars()
                .allMatch(
                    c -> c == '-' || c == '.' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z'));
    return host
        ? Parsed.valid(text)
        : Parsed.invalid("the first path element is no lower-case host name with a dot");
  }

  /** x/mod module.SplitPathVersion. */
  private static Parsed<String> majorOf(String text) {
    return text.startsWith(GOPKG_IN) ? majorOfGopkgIn(text) : majorOfOther(text);
  }

  private static Parsed<String> majorOfOther(String text) {
    int start = text.length();
    boolean dot = false;
    while (start > 0 && (isDigit(text.charAt(start - 1)) || text.charAt(start - 1) == '.')) {
      start--;
      dot |= text.charAt(start) == '.';
    }
    if (start == text.length() || !text.startsWith("/v", start - 2)) {
      return Parsed.valid("");
    }
    String major = text.substring(start - 2);
    return dot || major.charAt(2) == '0' || major.equals("/v1")
        ? Parsed.invalid("the major version suffix is not /v2 or higher")
        : Parsed.valid(major);
  }

  private static Parsed<String> majorOfGopkgIn(String text) {
    String unstable = "-unstable";
    int start = text.endsWith(unstable) ? text.length() - unstable.length() : text.length();
    // There is a slash before them.
    while (isDigit(text.charAt(start - 1))) {
      start--;
    }
    if (!text.startsWith(".v", start - 2)) {
      return Parsed.invalid("a gopkg.in path ends in .vN");
    }
    String major = text.substring(start - 2);
    // No digit is needed before -unstable, but no version has a major version that fits then.
    return major.length() > 2 && (major.charAt(2) != '0' || major.equals(".v0"))
        ? Parsed.valid(major)
        : Parsed.invalid("a gopkg.in path ends in .vN");
  }

  private static boolean isDigit(char c) {
    return '0' <= c && c <= '9';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModulePath that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
