package dev.modgate.chain;

import java.io.IOException;

/** Our own disk failed while a body was written to it: not the mirror's fault. */
final class SpoolException extends IOException {

  private static final long serialVersionUID = 1L;

  SpoolException(IOException cause) {
    super("spool", cause);
  }
}
