package dev.modgate.verify.module;

import dev.modgate.verify.Parsed;

/**
 * Versions and version queries as they stand in URLs and file names. A query may be any valid file
 * name in ASCII without an exclamation mark: a branch, a tag, a commit.
 */
public final class VersionText {

  private VersionText() {}

  /**
   * As it stands in a URL: {@code !a} for {@code A} (x/mod module.EscapeVersion).
   *
   * @param version any text
   * @return the escaped text, or why no URL may hold it
   */
  public static Parsed<String> escape(String version) {
    boolean plain = version.chars().allMatch(c -> c < 0x80 && c != '!');
    return plain
        ? PathRules.FILE.checkElement(version).then(v -> Parsed.valid(Escape.escape(v)))
        : Parsed.invalid("a version is ASCII without exclamation marks");
  }

  /**
   * Out of a URL: {@code A} for {@code !a} (x/mod module.UnescapeVersion).
   *
   * @param escaped any text
   * @return the version or query, or why it is none
   */
  public static Parsed<String> unescape(String escaped) {
    return Escape.unescape(escaped).then(PathRules.FILE::checkElement);
  }
}
