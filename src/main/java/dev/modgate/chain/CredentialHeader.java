package dev.modgate.chain;

import dev.modgate.secret.Secret;

/**
 * The header that shows a credential. It prints without its value.
 *
 * @param prefix stands before the value: {@code "Bearer "}, {@code "session="}, or nothing
 * @param base64 whether the value is encoded
 */
record CredentialHeader(String name, String prefix, boolean base64, Secret value) {

  /** RFC 7617. */
  static CredentialHeader basic(Secret userAndPassword) {
    return new CredentialHeader("Authorization", "Basic ", true, userAndPassword);
  }

  /** RFC 6750 §2.1. */
  static CredentialHeader bearer(Secret token) {
    return of("Authorization", "Bearer", token);
  }

  /**
   * A header of any name.
   *
   * @param scheme the word before the value; may be empty
   */
  static CredentialHeader of(String name, String scheme, Secret value) {
    return new CredentialHeader(name, scheme.isEmpty() ? "" : scheme + " ", false, value);
  }

  /** RFC 6265 §4.2. */
  static CredentialHeader cookie(String name, Secret value) {
    return new CredentialHeader("Cookie", name + "=", false, value);
  }
}
