package dev.modgate.chain.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * What a mirror has to show in a TLS handshake, beyond a chain to a trusted authority, a name that
 * is the URL's host, and TLS 1.2 or newer. Nothing in here makes the check weaker.
 *
 * @param authorities that are trusted, and no others; empty: those of the JDK
 * @param pins {@code sha256/} and the SHA-256 of a public key (SPKI) in base64; the proven chain
 *     has to hold one of them, unless there are none
 * @param names that the certificate has to hold as subject alternative names, all of them
 */
public record TlsSettings(
    List<X509Certificate> authorities, Set<String> pins, Set<String> names, Revocation revocation) {

  /** Whether the issuer is asked if it has taken the mirror's certificate back (RFC 6960). */
  public enum Revocation {
    /** Not asked. */
    OFF,
    /** Asked, or stapled; no answer is not a failure. */
    OCSP,
    /** As {@link #OCSP}, but no answer is a failure. */
    OCSP_REQUIRED
  }

  public TlsSettings {
    authorities = List.copyOf(authorities);
    pins = Set.copyOf(pins);
    names = Set.copyOf(names);
  }

  /** The JDK's authorities, and no further demand. */
  public static TlsSettings standard() {
    return new TlsSettings(List.of(), Set.of(), Set.of(), Revocation.OFF);
  }
}
