package dev.modgate.verify;

/** Why an artifact may be believed. */
public sealed interface Provenance {

  /**
   * Its hash stands in a record of the checksum database.
   *
   * @param database the database's name
   * @param treeSize records of the signed tree head that the record was proven in
   * @param record the record's number, 0 to treeSize - 1
   */
  record Logged(String database, long treeSize, long record) implements Provenance {}

  /**
   * Nobody vouches for it: the operator exempted the module.
   *
   * @param pattern the pattern that matched
   */
  record Unlogged(String pattern) implements Provenance {}
}
