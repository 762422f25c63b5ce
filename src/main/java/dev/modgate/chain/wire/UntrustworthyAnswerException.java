package dev.modgate.chain.wire;

import java.io.IOException;

/** An answer whose framing two readers could take for different messages. */
public final class UntrustworthyAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String how;

  /**
   * @param how a sentence part such as "sent two lengths", without a byte of the answer
   */
  UntrustworthyAnswerException(String how) {
    super(how);
    this.how = how;
  }

  public String how() {
    return how;
  }
}
