package dev.modgate.chain;

import java.io.IOException;

/** The mirror answered with another face than the one that is configured. */
final class ChangedFaceException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what of it changed: the name of a header, or "issuer"
   */
  ChangedFaceException(String what) {
    super(what);
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
