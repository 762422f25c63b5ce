package dev.modgate.verify.zip;

import dev.modgate.verify.module.H1;

/** What a module zip is worth. */
public sealed interface ZipVerdict {

  /**
   * Every reader sees the same files in it.
   *
   * @param h1 its hash, as in a go.sum
   * @param files number of entries
   * @param bytes sum of their unpacked sizes
   */
  record Sound(H1 h1, int files, long bytes) implements ZipVerdict {}

  /**
   * It breaks a rule.
   *
   * @param rule a stable word, such as {@code gap} or {@code crc}
   * @param reason one printable line; it may quote a name, escaped
   */
  record Unsound(String rule, String reason) implements ZipVerdict {}
}
