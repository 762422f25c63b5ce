package dev.modgate.chain;

import java.nio.file.Path;

/**
 * Is told how files grow while they come in, before anything is known of them. Nobody waits for
 * what it does about it. A mirror that delivers a file in one piece tells nothing.
 */
public interface Arrivals {

  /** Nobody wants to know. */
  Arrivals UNWATCHED = _ -> Arrival.UNWATCHED;

  /**
   * A file begins, or goes on where it broke off.
   *
   * @param file as the delivery will name it
   */
  Arrival of(Path file);

  /** One file; used by one thread at a time. */
  interface Arrival {

    /** Nobody wants to know. */
    Arrival UNWATCHED =
        new Arrival() {
          @Override
          public void grown(long size) {}

          @Override
          public void gone() {}
        };

    /**
     * More has come. It returns at once.
     *
     * @param size bytes that are there, from the first on; they will not change
     */
    void grown(long size);

    /** The file won't be delivered, and is about to be deleted. */
    void gone();
  }
}
