package dev.modgate.verify.sumdb;

import dev.modgate.verify.tlog.TreeHead;
import java.io.IOException;

/** Who wants to know what happens to a checksum database. Calls must be quick and not throw. */
public interface LogEvents {

  /** The newest proven head has moved forward, and is stored. */
  void headAdvanced(TreeHead old, TreeHead current);

  /** The database has signed two heads that contradict each other: an alarm. */
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
   * @param reason one printable sentence
   */
  void sourceRefuted(String source, String reason);

  /**
   * The store could not be read or written where that matters.
   *
   * @param what one printable sentence
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
