package dev.modgate.chain.wire;

import java.io.IOException;

/** A redirect leads to an address inside the operator's network. */
public final class ForbiddenAddressException extends IOException {

  private static final long serialVersionUID = 1L;

  ForbiddenAddressException() {
    super("address is not public");
  }
}
