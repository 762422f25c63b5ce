package dev.modgate.chain.tls;

/** What is wrong with a TLS handshake. */
public enum TlsFault {
  EXPIRED("the certificate has expired"),
  NOT_YET_VALID("the certificate is not valid yet"),
  HOST("the certificate is for another host"),
  SELF_SIGNED("the certificate is self-signed"),
  UNKNOWN_AUTHORITY("the certificate is from an unknown authority"),
  REVOKED("the certificate is revoked"),
  REVOCATION_UNKNOWN("nobody could say whether the certificate is revoked"),
  WEAK("a key or a signature of the certificates is weak"),
  PIN("no key of the certificates is a pinned one"),
  NAMES("the certificate does not hold the pinned names"),
  SIGNATURE("a certificate is not signed by the authority that it names"),
  INVALID("the certificates are not valid for a server"),
  PROTOCOL("the mirror and this gate have no TLS version and cipher in common"),
  OUR_CERTIFICATE("the mirror wants a client certificate that it trusts"),
  NO_TLS("the mirror does not speak TLS"),
  HANDSHAKE("the handshake failed");

  private final String words;

  TlsFault(String words) {
    this.words = words;
  }

  /** A sentence that quotes nothing of the peer. */
  public String words() {
    return words;
  }
}
