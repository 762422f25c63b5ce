package dev.modgate.chain;

/**
 * How much may be asked twice: each request pays in a part, each extra one takes out a whole. So
 * retries never multiply the load on a mirror that is already in trouble. Safe for many threads.
 */
final class Budget {

  /** Parts that make one extra request. */
  private static final int WHOLE = 100;

  /** Extra requests that a quiet mirror may have at once. */
  private static final int RESERVE = 10;

  /** Extra requests that can be saved up. */
  private static final int MOST = 100;

  private final int percent;
  private long parts;

  /**
   * @param percent of the requests that may be made again, 0 to 100; with 0 none ever is
   */
  Budget(int percent) {
    this.percent = percent;
    this.parts = percent == 0 ? 0 : (long) RESERVE * WHOLE;
  }

  synchronized void payIn() {
    parts = Math.min((long) MOST * WHOLE, parts + percent);
  }

  /** False if there is nothing left. */
  synchronized boolean takeOut() {
    if (parts < WHOLE) {
      return false;
    }
    parts -= WHOLE;
    return true;
  }
}
