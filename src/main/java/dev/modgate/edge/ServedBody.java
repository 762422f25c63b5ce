package dev.modgate.edge;

import java.io.IOException;

/**
 * The bytes of an answer by reference: they can be read after it was sent, as long as they last.
 */
public interface ServedBody {

  /** Bytes of memory that are not freed as long as this is kept; 0 if they lie in a file. */
  long held();

  /**
   * Reads them. It may block.
   *
   * @param most bytes, from the first on
   * @return as many, or fewer if there are no more
   * @throws IOException if what was served is no longer there, or can't be read
   */
  byte[] read(int most) throws IOException;
}
