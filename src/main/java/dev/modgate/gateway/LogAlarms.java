package dev.modgate.gateway;

import dev.modgate.verify.sumdb.Fork;
import dev.modgate.verify.sumdb.LogEvents;
import dev.modgate.verify.tlog.TreeHead;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Notes what happens to a checksum database, and says aloud what an operator must not miss. */
final class LogAlarms implements LogEvents {

  private static final System.Logger LOG = System.getLogger("modgate.sumdb");

  private final String database;
  private final LogNotes notes;

  LogAlarms(String database, LogNotes notes) {
    this.database = database;
    this.notes = notes;
  }

  @Override
  public void headAdvanced(TreeHead old, TreeHead current) {
    notes.headAdvanced();
    LOG.log(Level.DEBUG, "{0}: tree head {1} to {2}", database, old.size(), current.size());
  }

  @Override
  public void forkFound(Fork fork) {
    LOG.log(
        Level.ERROR,
        "SECURITY: {0} signed two tree heads that contradict each other (the second came from {1});"
            + " nothing is served on its word any more; see docs/trust.md",
        database,
        fork.source());
  }

  @Override
  public void trustReset(String reason) {
    LOG.log(Level.ERROR, "SECURITY: trust reset: {0}: {1}", database, reason);
  }

  @Override
  public void sourceRefuted(String source, String reason) {
    LOG.log(Level.WARNING, "{0}: {1} answered what is not true: {2}", database, source, reason);
  }

  @Override
  public void storeFailed(String what, IOException cause) {
    notes.storeFailed();
    LOG.log(Level.ERROR, "{0}: {1}: {2}", database, what, cause.getClass().getSimpleName());
  }
}
