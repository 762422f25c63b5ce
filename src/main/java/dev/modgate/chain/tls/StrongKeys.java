package dev.modgate.chain.tls;

import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses keys and signatures that public authorities may no longer use (CA/Browser Forum Baseline
 * Requirements §6.1.5, §7.1.3). The JDK's own limits are lower: it takes RSA of 1,024 bits, and
 * SHA-1 below an authority that is not its own.
 */
final class StrongKeys extends PKIXCertPathChecker {

  private static final int RSA_BITS = 2048;
  private static final int EC_BITS = 256;
  private static final Pattern WEAK_HASH = Pattern.compile("(MD2|MD5|SHA-?1)(WITH|$)");

  @Override
  public void init(boolean forward) {}

  @Override
  public boolean isForwardCheckingSupported() {
    return false;
  }

  @Override
  @SuppressWarnings("NullAway") // PKIXCertPathChecker: "or null if no extensions are supported"
  public Set<String> getSupportedExtensions() {
    return null;
  }

  @Override
  public void check(Certificate certificate, Collection<String> unresolvedCritical)
      throws CertPathValidatorException {
    if (!(certificate instanceof X509Certificate x509) || isWeak(x509)) {
      throw new CertPathValidatorException(
          "weak", null, null, -1, BasicReason.ALGORITHM_CONSTRAINED);
    }
  }

  /** Its key, the hash of its signature, or the RSA key that signed it. */
  static boolean isWeak(X509Certificate certificate) {
    String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    // An RSA signature is as long as the modulus of its key (RFC 8017 §8).
    boolean shortSignature =
        algorithm.contains("RSA") && certificate.getSignature().length * 8 < RSA_BITS;
    return isWeak(certificate.getPublicKey())
        || WEAK_HASH.matcher(algorithm).find()
        || shortSignature;
  }

  private static boolean isWeak(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() < RSA_BITS;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() < EC_BITS;
      case EdECPublicKey _ -> false;
      default -> true;
    };
  }
}
