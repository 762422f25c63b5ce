package dev.modgate.chain;

import java.io.IOException;

/** A body comes in time but too slowly ever to be whole. */
final class TrickleException extends IOException {

  private static final long serialVersionUID = 1L;

  TrickleException() {
    super("trickle", null);
  }
}
