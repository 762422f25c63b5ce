package dev.modgate.verify.module;

import dev.modgate.verify.Parsed;

/**
 * Versions and version queries as they stand in URLs and file names. A query may be any valid file
 * name in ASCII without an exclamation mark: a branch, a tag, a commit.
 */
public final class VersionText {

  private VersionText() {}

  /** x/mod module.EscapeVersion. */
  public static Parsed<String> escape(String version) {
    boolean plain = version.chars().allMatch(c -> c < 0x80 && c != '!' && c != '/');
    return plain
        ? PathRules.FILE.checkElement(version).then(v -> Parsed.valid(Escape.escape(v)))
        : Parsed.invalid("a version is ASCII without slashes and exclamation marks");
  }

  /** x/mod module.UnescapeVersion. */
  public static Parsed<String> unescape(String escaped) {
    return Escape.unescape(escaped)
        .then(version ->
            version.indexOf('/') < 0
                ? PathRules.FILE.checkElement(version)
                : Parsed.invalid("a version has no slash"));
  }
}
