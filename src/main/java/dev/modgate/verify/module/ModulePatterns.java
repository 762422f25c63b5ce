package dev.modgate.verify.module;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A list of globs over path prefixes, as in GOPRIVATE (x/mod module.MatchPrefixPatterns): a glob of
 * n elements is held against the first n elements of a path.
 *
 * @see <a href="https://go.dev/ref/mod#private-modules">go.dev/ref/mod#private-modules</a>
 */
public final class ModulePatterns {

  private final List<Glob> globs;

  private ModulePatterns(List<Glob> globs) {
    this.globs = globs;
  }

  /**
   * Takes globs one by one; each may itself be a comma-separated list.
   *
   * @param globs any text: malformed globs match nothing, and spaces are part of a glob, as in Go
   * @return the patterns, in that order
   */
  public static ModulePatterns of(List<String> globs) {
    return new ModulePatterns(
        globs.stream()
            .flatMap(list -> Stream.of(list.split(",", -1)))
            .map(glob -> glob.endsWith("/") ? glob.substring(0, glob.length() - 1) : glob)
            .filter(glob -> !glob.isEmpty())
            .map(Glob::of)
            .toList());
  }

  /**
   * Takes a comma-separated list, such as the value of GOPRIVATE.
   *
   * @param commaList any text, as in {@link #of}
   * @return the patterns, in that order
   */
  public static ModulePatterns parse(String commaList) {
    return of(List.of(commaList));
  }

  /** {@return true if there is no glob, not even a malformed one} */
  public boolean isEmpty() {
    return globs.isEmpty();
  }

  /**
   * Whether a glob matches a prefix of a path.
   *
   * @param modulePath not escaped
   * @return false also for text that is no module path, unless a glob takes it; text that is not
   *     Unicode is never taken
   */
  public boolean match(String modulePath) {
    return firstMatch(modulePath).isPresent();
  }

  /**
   * Which glob matches a prefix of a path.
   *
   * @param modulePath not escaped
   * @return the first one, without its trailing slash
   */
  public Optional<String> firstMatch(String modulePath) {
    if (globs.isEmpty() || !Utf8.isUnicode(modulePath)) {
      return Optional.empty();
    }
    byte[] path = Utf8.bytes(modulePath);
    for (Glob glob : globs) {
      if (matches(glob, path)) {
        return Optional.of(glob.text());
      }
    }
    return Optional.empty();
  }

  private static boolean matches(Glob glob, byte[] path) {
    int slashes = 0;
    for (int i = 0; i < path.length; i++) {
      if (path[i] == '/' && slashes++ == glob.slashes()) {
        return glob.matches(path, i);
      }
    }
    return slashes == glob.slashes() && glob.matches(path, path.length);
  }
}
