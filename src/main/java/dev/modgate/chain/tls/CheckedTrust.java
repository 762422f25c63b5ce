package dev.modgate.chain.tls;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's judgement of a chain, and then ours of its first certificate. It says why a chain is
 * refused in one word, because the JDK's sentences quote what the peer sent.
 */
final class CheckedTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager jdk;
  private final X509ExtendedTrustManager withoutResponder;
  private final Set<String> names;
  private final Consumer<List<X509Certificate>> presented;

  /**
   * @param withoutResponder judges chains whose first certificate names no OCSP responder
   * @param names that the first certificate has to hold
   * @param presented hears of every chain, before it is judged
   */
  CheckedTrust(
      X509ExtendedTrustManager jdk,
      X509ExtendedTrustManager withoutResponder,
      Set<String> names,
      Consumer<List<X509Certificate>> presented) {
    this.jdk = jdk;
    this.withoutResponder = withoutResponder;
    this.names = names;
    this.presented = presented;
  }

  private interface Check {
    void by(X509ExtendedTrustManager judge) throws CertificateException;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judge(chain, judge -> judge.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    judge(chain, judge -> judge.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judge(chain, judge -> judge.checkServerTrusted(chain, authType));
  }

  private void judge(X509Certificate[] chain, Check check) throws CertificateException {
    presented.accept(List.of(chain));
    try {
      check.by(OcspAddress.isIn(chain[0]) ? jdk : withoutResponder);
      // The JDK looks no further at a certificate that is itself an authority.
      chain[0].checkValidity();
    } catch (CertificateException e) {
      throw new UntrustedCertificateException(why(e, chain));
    }
    if (StrongKeys.isWeak(chain[0])) {
      throw new UntrustedCertificateException(TlsFault.WEAK);
    }
    if (!namesOf(chain[0]).containsAll(names)) {
      throw new UntrustedCertificateException(TlsFault.NAMES);
    }
  }

  /** The DNS names and addresses among the subject alternative names (RFC 5280 §4.2.1.6). */
  static Set<String> namesOf(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    return (all == null ? Stream.<List<?>>empty() : all.stream())
        .map(List::getLast)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static TlsFault why(CertificateException e, X509Certificate[] chain) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException _ -> {
          return TlsFault.EXPIRED;
        }
        case CertificateNotYetValidException _ -> {
          return TlsFault.NOT_YET_VALID;
        }
        case CertPathValidatorException path when isWithoutResponder(path) -> {
          return TlsFault.REVOCATION_UNKNOWN;
        }
        case CertPathValidatorException path
            when path.getReason() instanceof BasicReason reason
                && reason != BasicReason.UNSPECIFIED -> {
          return why(reason);
        }
        default -> {}
      }
    }
    return withoutReason(e, chain);
  }

  /** The JDK gives this one no reason of its own. */
  private static boolean isWithoutResponder(CertPathValidatorException e) {
    return String.valueOf(e.getMessage()).contains("does not specify OCSP responder");
  }

  private static TlsFault why(BasicReason reason) {
    return switch (reason) {
      case EXPIRED -> TlsFault.EXPIRED;
      case NOT_YET_VALID -> TlsFault.NOT_YET_VALID;
      case REVOKED -> TlsFault.REVOKED;
      case UNDETERMINED_REVOCATION_STATUS -> TlsFault.REVOCATION_UNKNOWN;
      case ALGORITHM_CONSTRAINED -> TlsFault.WEAK;
      case INVALID_SIGNATURE -> TlsFault.SIGNATURE;
      case UNSPECIFIED -> TlsFault.INVALID;
    };
  }

  /** The builder of paths gives none: it found no way from the chain to an authority. */
  private static TlsFault withoutReason(CertificateException e, X509Certificate[] chain) {
    boolean noPath = false;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      noPath |= cause instanceof CertPathBuilderException;
    }
    if (!noPath) {
      return TlsFault.INVALID;
    }
    if (Arrays.stream(chain).anyMatch(StrongKeys::isWeak)) {
      return TlsFault.WEAK;
    }
    boolean own = chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal());
    return own ? TlsFault.SELF_SIGNED : TlsFault.UNKNOWN_AUTHORITY;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw clientsHaveNoPlaceHere();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw clientsHaveNoPlaceHere();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw clientsHaveNoPlaceHere();
  }

  private static CertificateException clientsHaveNoPlaceHere() {
    return new UntrustedCertificateException(TlsFault.INVALID);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
