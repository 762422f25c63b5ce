package dev.modgate.chain;

import java.time.Duration;

/** Waits. */
interface Sleeper {

  /** The real one. */
  Sleeper REAL =
      pause -> {
        try {
          Thread.sleep(pause);
          return true;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      };

  /** False if it was interrupted. */
  boolean sleep(Duration pause);
}
