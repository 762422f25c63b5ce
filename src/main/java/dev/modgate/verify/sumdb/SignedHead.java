package dev.modgate.verify.sumdb;

import dev.modgate.verify.tlog.TreeHead;
import java.nio.charset.StandardCharsets;

/**
 * A tree head that the database has signed.
 *
 * @param head what the signed text says
 * @param note the whole note; empty for the tree without records, which needs no signature
 */
record SignedHead(TreeHead head, String note) {

  static final SignedHead NONE = new SignedHead(TreeHead.EMPTY, "");

  byte[] noteBytes() {
    return note.getBytes(StandardCharsets.UTF_8);
  }
}
