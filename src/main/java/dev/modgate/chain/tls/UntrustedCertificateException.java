package dev.modgate.chain.tls;

import java.security.cert.CertificateException;

/** Ends a handshake. It carries the one word that is told of the certificate. */
final class UntrustedCertificateException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final TlsFault fault;

  UntrustedCertificateException(TlsFault fault) {
    super(fault.name());
    this.fault = fault;
  }

  TlsFault fault() {
    return fault;
  }
}
