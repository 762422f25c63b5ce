package dev.modgate.verify.sumdb;

import java.util.List;

/** The places where a checksum database can be read. */
@FunctionalInterface
public interface LogSources {

  /** The sources in the order to try now. Asked once per lookup. */
  List<LogSource> inOrder();
}
