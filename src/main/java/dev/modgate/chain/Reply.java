package dev.modgate.chain;

import java.time.Duration;

/** How a mirror answered one request. */
public sealed interface Reply {

  /**
   * 200 with a whole body.
   *
   * @param firstByte from the start of the request to the head of the answer
   */
  record Content(Payload payload, Duration firstByte) implements Reply {}

  /**
   * "There is no such thing": an answer, never a failure.
   *
   * @param status 404 or 410
   * @param text the mirror's words: printable, at most 8 lines of 80 characters
   */
  record NotThere(int status, String text) implements Reply {}

  /**
   * A file that broke off in the middle. What has come so far is kept, and belongs to whoever holds
   * this.
   */
  record Cut(Failure failure, Payload.Partial begun) implements Reply {}

  /** Anything else. */
  record Failed(Failure failure) implements Reply {}
}
