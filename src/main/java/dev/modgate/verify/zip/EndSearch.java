package dev.modgate.verify.zip;

import dev.modgate.verify.zip.ZipVerdict.Unsound;

/** Where the directory of a zip lies, or why that can't be said. */
sealed interface EndSearch {

  record Found(EndRecord end) implements EndSearch {}

  record Broken(Unsound fault) implements EndSearch {}

  static EndSearch broken(String rule, String reason) {
    return new Broken(new Unsound(rule, reason));
  }
}
