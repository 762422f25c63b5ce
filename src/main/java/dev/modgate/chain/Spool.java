package dev.modgate.chain;

import java.io.IOException;
import java.nio.file.Path;

/** Where bodies go that are too large for memory. */
public interface Spool {

  /** A name that nobody else uses, in a folder that exists, on the file system of the store. */
  Path next() throws IOException;
}
