package dev.modgate.chain.credential;

import dev.modgate.secret.Secret;

/**
 * The header that shows a credential. It prints without its value.
 *
 * @param prefix stands before the value: {@code "Bearer "}, {@code "session="}, or nothing
 * @param base64 whether the value is encoded
 */
public record CredentialHeader(String name, String prefix, boolean base64, Secret value) {

  /** RFC 7617. */
  public static CredentialHeader basic(Secret userAndPassword) {
    return new CredentialHeader("Authorization", "Basic ", true, userAndPassword);
  }

  /** RFC 6750 §2.1. */
  public static CredentialHeader bearer(Secret token) {
    return of("Authorization", "Bearer", token);
  }

  /**
   * A header of any name.
   *
   * @param scheme the word before the value; may be empty
   */
  public static CredentialHeader of(String name, String scheme, Secret value) {
    return new CredentialHeader(name, scheme.isEmpty() ? "" : scheme + " ", false, value);
  }

  /** RFC 6265 §4.2. */
  public static CredentialHeader cookie(String name, Secret value) {
    return new CredentialHeader("Cookie", name + "=", false, value);
  }
}
