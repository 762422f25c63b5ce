package dev.modgate.chain.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.cert.X509Certificate;
import java.util.Optional;

/** Whether a certificate says where its authority tells of revocation (RFC 5280 §4.2.2.1). */
final class OcspAddress {

  private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

  /** The identifier id-ad-ocsp, 1.3.6.1.5.5.7.48.1, in DER. */
  private static final String ID_AD_OCSP = "\u0006\b+\u0006\u0001\u0005\u0005\u00070\u0001";

  private OcspAddress() {}

  static boolean isIn(X509Certificate certificate) {
    return Optional.ofNullable(certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS))
        .map(der -> new String(der, ISO_8859_1).contains(ID_AD_OCSP))
        .orElse(false);
  }
}
