package dev.modgate.chain;

/**
 * A request's right to deliver. Two mirrors may be asked for the same thing; whose head comes first
 * takes the turn, and the other one stops before its body.
 */
public interface Turn {

  /** Nobody else is asked. */
  Turn ALONE =
      new Turn() {
        @Override
        public boolean take() {
          return true;
        }

        @Override
        public boolean isLost() {
          return false;
        }

        @Override
        public Watch onLost(Runnable stop) {
          return () -> {};
        }
      };

  /** True if this request may go on to its body; asked when the head is there, perhaps again. */
  boolean take();

  /**
   * Has something done once another request has taken the turn, at once if it has already.
   *
   * @return forgets it
   */
  Watch onLost(Runnable stop);

  /** True once another request has taken the turn. */
  boolean isLost();

  /** Ends what {@link #onLost} began. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
