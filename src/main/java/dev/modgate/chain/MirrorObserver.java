package dev.modgate.chain;

import java.net.URI;

/** Watches attempts at mirrors, and what is decided about them; it decorates and never steers. */
public interface MirrorObserver {

  /** For whoever wants to see nothing. */
  MirrorObserver NOBODY = new MirrorObserver() {};

  /**
   * The same mirror, watched.
   *
   * @param url where it is
   */
  default Mirror watched(Mirror mirror, URI url) {
    return mirror;
  }

  /** It is asked again at once, by the thread that calls this. */
  default void retried(String mirror, Failure because) {}

  /**
   * Its breaker changed, by what the thread that calls this saw.
   *
   * @param state {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}
   */
  default void breaker(String mirror, String state) {}
}
