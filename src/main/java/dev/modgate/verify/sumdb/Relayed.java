package dev.modgate.verify.sumdb;

import java.util.Optional;

/** What is passed on to a client that checks the database itself. */
public sealed interface Relayed {

  /**
   * Proven bytes.
   *
   * @param bytes not to be changed
   */
  // The array is handed over and never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Body(byte[] bytes) implements Relayed {}

  /**
   * There is no such thing.
   *
   * @param status 404 or 410
   * @param text for the client, printable
   */
  record Missing(int status, String text) implements Relayed {}

  /**
   * Nothing is known now; asking later may help.
   *
   * @param reason one printable sentence
   */
  record Unavailable(String reason) implements Relayed {}

  /**
   * What was answered can't be true.
   *
   * @param reason one printable sentence
   * @param fork present if the database itself contradicts itself
   */
  record Refused(String reason, Optional<Fork> fork) implements Relayed {}
}
