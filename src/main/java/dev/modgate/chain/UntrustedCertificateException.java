package dev.modgate.chain;

import java.security.cert.CertificateException;

/** Ends a handshake. It carries the one word that is told of the certificate. */
final class UntrustedCertificateException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final Failure.Untrusted.Why why;

  UntrustedCertificateException(Failure.Untrusted.Why why) {
    super(why.name());
    this.why = why;
  }

  Failure.Untrusted.Why why() {
    return why;
  }
}
