package dev.modgate.verify.module;

import dev.modgate.verify.Parsed;

/** Paths of files in a module zip (x/mod module.CheckFilePath). */
public final class FilePaths {

  private FilePaths() {}

  /**
   * Checks a path with slashes, relative to the root of the module.
   *
   * @param path any text
   * @return the path itself, or why no file may have it
   */
  public static Parsed<String> check(String path) {
    return PathRules.FILE.check(path);
  }
}
