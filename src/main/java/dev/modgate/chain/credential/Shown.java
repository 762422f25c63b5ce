package dev.modgate.chain.credential;

/** A credential at one moment. */
public sealed interface Shown {

  /** No header. */
  record Nothing() implements Shown {}

  /** A header. */
  record Ready(CredentialHeader header) implements Shown {}

  /**
   * There should be one, and there is none.
   *
   * @param why one line that quotes nothing
   */
  record Unavailable(String why) implements Shown {}
}
