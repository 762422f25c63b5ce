package dev.modgate.traffic;

import java.time.Duration;

/** How the sender waits. */
interface Pauses {

  /** Ends early, and at once from then on, when the gate ends. */
  void pause(Duration time) throws InterruptedException;
}
