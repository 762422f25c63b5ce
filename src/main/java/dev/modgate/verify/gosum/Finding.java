package dev.modgate.verify.gosum;

import dev.modgate.verify.module.H1;

/** What a checksum database says of a claim. */
public sealed interface Finding {

  /**
   * The log has this hash.
   *
   * @param hash the claimed one, or the log's if none was claimed
   * @param treeSize records of the signed tree that the record is in, at least 1
   */
  record Proven(H1 hash, long treeSize) implements Finding {}

  /**
   * The operator does not want the database to be asked.
   *
   * @param pattern that says so
   */
  record Exempt(String pattern) implements Finding {}

  /**
   * The database does not know the version, or has no such line for it.
   *
   * @param reason one printable line
   */
  record NotLogged(String reason) implements Finding {}

  /**
   * The log has another hash.
   *
   * @param claimed by whoever made the claim
   * @param logged in a record that is proven
   */
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
