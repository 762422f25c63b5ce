package dev.modgate.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.Semver;

/** The text of {@code @v/list}: a version a line, perhaps a time behind it. */
final class VersionListText {

  private VersionListText() {}

  /** The lines that hold a version; a text of which no line does is something else than a list. */
  static Parsed<byte[]> read(byte[] bytes) {
    StringBuilder kept = new StringBuilder(bytes.length);
    boolean anything = false;
    for (String line : new String(bytes, UTF_8).split("\n", -1)) {
      String stripped = line.strip();
      anything |= !stripped.isEmpty();
      if (Semver.isValid(stripped.split("\\s+", 2)[0])) {
        kept.append(stripped).append('\n');
      }
    }
    return anything && kept.isEmpty()
        ? Parsed.invalid("delivered a list without a version in it")
        : Parsed.valid(kept.toString().getBytes(UTF_8));
  }
}
