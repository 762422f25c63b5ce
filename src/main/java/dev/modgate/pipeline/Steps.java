package dev.modgate.pipeline;

/** Watches the steps inside a request; it decorates and never steers. */
public interface Steps {

  /** What is watched. */
  enum Step {
    /** Hashing a candidate, and waiting for the database's word on it. */
    VERIFY,
    /** Reading a candidate whole. */
    HASH,
    /** Waiting for the database's word, and holding the hash against it. */
    PROVE,
    /** Reading or writing the store. */
    STORE,
    /** Waiting for a flight, one's own or another's. */
    WAIT
  }

  /**
   * One step.
   *
   * @param <T> its result
   * @param <E> what it throws
   */
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  <T, E extends Exception> T in(Step step, Work<T, E> work) throws E;
}
