package dev.modgate.chain;

import java.util.Map;

/**
 * The face of a mirror: what its own answers have to show. In a glob {@code *} stands for any text,
 * and a backslash takes what follows as it is.
 *
 * @param headers globs by the lower-case name of a header; a header that is not there matches none
 * @param issuer a glob of the distinguished name (RFC 2253) of the certificate's issuer; empty:
 *     anyone
 */
public record IdentitySettings(Map<String, String> headers, String issuer) {

  public IdentitySettings {
    headers = Map.copyOf(headers);
  }

  /** Any face will do. */
  public static IdentitySettings none() {
    return new IdentitySettings(Map.of(), "");
  }

  boolean isNone() {
    return headers.isEmpty() && issuer.isEmpty();
  }
}
