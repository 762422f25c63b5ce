package dev.modgate.verify.module;

import dev.modgate.verify.Parsed;

/** Paths of packages (x/mod module.CheckImportPath). */
public final class ImportPaths {

  private ImportPaths() {}

  /**
   * Checks a path as it stands in an import.
   *
   * @param path any text
   * @return the path itself, or why no package may have it
   */
  public static Parsed<String> check(String path) {
    return PathRules.IMPORT.check(path);
  }
}
