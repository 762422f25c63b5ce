package dev.modgate.verify.sumdb;

import dev.modgate.verify.tlog.TreeHead;
import java.io.IOException;

/** Who wants to know what happens to a checksum database. Calls must be quick and not throw. */
public interface LogEvents {

  /**
   * The newest proven head has moved forward, and is stored.
   *
   * @param old the head before, of size 0 at first
   * @param current the head now, of a larger size
   */
  void headAdvanced(TreeHead old, TreeHead current);

  /**
   * The database has signed two heads that contradict each other: an alarm.
   *
   * @param fork the evidence, which is stored if the store can be written to
   */
  void forkFound(Fork fork);

  /**
   * What was known of the database's earlier heads is lost, and trust starts anew: nobody can tell
   * any more whether the next head contradicts them.
   *
   * @param reason one printable sentence
   */
  void trustReset(String reason);

  /**
   * A source answered with something that can't be authenticated.
   *
   * @param source its name
   * @param reason one printable sentence
   */
  void sourceRefuted(String source, String reason);

  /**
   * The store could not be read or written where that matters.
   *
   * @param what one printable sentence
   * @param cause what the store threw
   */
  void storeFailed(String what, IOException cause);

  /** Nobody. */
  LogEvents NONE =
      new LogEvents() {
        @Override
        public void headAdvanced(TreeHead old, TreeHead current) {}

        @Override
        public void forkFound(Fork fork) {}

        @Override
        public void trustReset(String reason) {}

        @Override
        public void sourceRefuted(String source, String reason) {}

        @Override
        public void storeFailed(String what, IOException cause) {}
      };
}
