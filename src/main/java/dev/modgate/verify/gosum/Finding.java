package dev.modgate.verify.gosum;

import dev.modgate.verify.module.H1;

/** What a checksum database says of a claim. */
public sealed interface Finding {

  /** The log has this hash, in a signed tree of this many records. */
  record Proven(H1 hash, long treeSize) implements Finding {}

  /** The operator does not want the database to be asked; the pattern says so. */
  record Exempt(String pattern) implements Finding {}

  /**
   * The database does not know the version, or has no such line for it.
   *
   * @param reason one printable line
   */
  record NotLogged(String reason) implements Finding {}

  /** The log has another hash. */
  record Mismatch(H1 claimed, H1 logged) implements Finding {}

  /**
   * Nothing is known now; asking later may help.
   *
   * @param reason one printable line
   */
  record Unavailable(String reason) implements Finding {}

  /**
   * What was answered can't be true.
   *
   * @param reason one printable line
   */
  record Refused(String reason) implements Finding {}
}
