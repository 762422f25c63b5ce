package dev.modgate.traffic;

import dev.modgate.secret.LiveSecret;
import dev.modgate.secret.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * Where lines go, what they hold, and how many may wait.
 *
 * @param url of the endpoint, without credentials
 * @param queue lines that wait or are under way at most
 * @param timeout of one batch
 * @param bodies bytes of a body, and of all bodies of a batch, at most; 0 if lines hold none
 */
public record TrafficSettings(
    URI url, Credential credential, int queue, Duration timeout, int bodies) {

  /** What the endpoint is shown. */
  public sealed interface Credential {

    /** Nothing. */
    record None() implements Credential {}

    /**
     * RFC 7617.
     *
     * @param userAndPassword {@code user:password}
     */
    record Basic(Secret userAndPassword) implements Credential {}

    /** RFC 6750 §2.1; the token is looked up for each batch. */
    record Bearer(LiveSecret token) implements Credential {}
  }
}
