package dev.modgate.secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a mirror is shown, on its own origin only; as the operator describes it. */
public sealed interface Credentials {

  /** Nothing. */
  record None() implements Credentials {}

  /**
   * RFC 7617, out of the mirror's URL.
   *
   * @param userAndPassword {@code user:password}, not yet base64
   */
  record Basic(Secret userAndPassword) implements Credentials {}

  /**
   * RFC 7617.
   *
   * @param user without a colon
   */
  record Account(String user, SecretReference password) implements Credentials {}

  /** RFC 6750 §2.1. */
  record Bearer(SecretReference token) implements Credentials {}

  /** The user and password that a netrc file has for the mirror's host. */
  record NetrcFile(Path file) implements Credentials {}

  /**
   * RFC 6749 §4.4, client credentials; the client authenticates by Basic (§2.3.1).
   *
   * @param tokenEndpoint https, or http on loopback
   */
  record ClientGrant(
      URI tokenEndpoint,
      String clientId,
      SecretReference secret,
      Optional<String> scope,
      Optional<String> audience)
      implements Credentials {}

  /**
   * A request whose answer holds a token.
   *
   * @param endpoint https, or http on loopback
   * @param method GET or POST
   * @param header sent with it
   * @param body sent with it; never with GET
   * @param ttl how long a token lives whose answer does not say so
   */
  record Login(
      URI endpoint,
      String method,
      Optional<Header> header,
      Optional<Body> body,
      Place token,
      Duration ttl,
      Use use)
      implements Credentials {}

  /** A field of the login request. */
  record Header(String name, SecretReference value) {}

  /** The body of the login request, of one line. */
  record Body(String contentType, SecretReference text) {}

  /** Where in the answer a token is. */
  sealed interface Place {

    /** A response header. */
    record InHeader(String name) implements Place {}

    /** A cookie that is set; its Max-Age or Expires is the token's. */
    record InCookie(String name) implements Place {}

    /**
     * A text of a JSON body.
     *
     * @param pointer to it (RFC 6901)
     * @param life pointer to the seconds that it lives
     */
    record InJson(String pointer, String life) implements Place {}
  }

  /** How the mirror is sent a token. */
  sealed interface Use {

    /**
     * In a header.
     *
     * @param scheme the word before it, such as {@code Bearer}; may be empty
     */
    record AsHeader(String name, String scheme) implements Use {}

    /** As a cookie. */
    record AsCookie(String name) implements Use {}
  }
}
