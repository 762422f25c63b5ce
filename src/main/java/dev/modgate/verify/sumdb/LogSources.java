package dev.modgate.verify.sumdb;

import java.util.List;

/** The places where a checksum database can be read. */
@FunctionalInterface
public interface LogSources {

  /**
   * Asked once per lookup.
   *
   * @return the sources in the order to try now; if there is none, only the store can answer
   */
  List<LogSource> inOrder();
}
