package dev.modgate.chain.tls;

import dev.modgate.chain.tls.TlsSettings.Revocation;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/**
 * The TLS of one mirror: every chain is proven, and there is no setting that leaves this out. The
 * name of the host is compared by the HTTP client, as are the pins.
 */
public final class Tls {

  /** For the address of an OCSP responder to connect, and for its answer, each. */
  private static final String OCSP_TIMEOUT = "5s";

  /** TLS 1.3 and 1.2 alone; plain http has no handshake to weaken. */
  public static final List<ConnectionSpec> SPECS =
      List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);

  private final SSLSocketFactory sockets;
  private final X509TrustManager trust;

  private Tls(SSLSocketFactory sockets, X509TrustManager trust) {
    this.sockets = sockets;
    this.trust = trust;
  }

  /** Makes it of settings; mirrors without any share one. */
  public static Tls of(TlsSettings settings) {
    return settings.equals(TlsSettings.standard()) ? standard() : of(settings, List.of(), _ -> {});
  }

  /**
   * Makes it of settings.
   *
   * @param keys what we show of ourselves, if the mirror asks; none if empty
   * @param presented hears of every chain that a mirror shows, before it is judged
   */
  public static Tls of(
      TlsSettings settings, List<KeyManager> keys, Consumer<List<X509Certificate>> presented) {
    try {
      X509ExtendedTrustManager jdk = jdk(settings, settings.revocation());
      // No responder is no answer; the JDK calls it a failure also where none is needed.
      X509ExtendedTrustManager withoutResponder =
          settings.revocation() == Revocation.OCSP ? jdk(settings, Revocation.OFF) : jdk;
      CheckedTrust trust = new CheckedTrust(jdk, withoutResponder, settings.names(), presented);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.toArray(KeyManager[]::new), new TrustManager[] {trust}, null);
      return new Tls(context.getSocketFactory(), trust);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS and PKIX", e);
    }
  }

  /** The JDK's authorities and nothing of ours, as for other origins that a redirect leads to. */
  public static Tls standard() {
    return Standard.TLS;
  }

  private static final class Standard {
    static final Tls TLS = of(TlsSettings.standard(), List.of(), _ -> {});
  }

  public OkHttpClient.Builder into(OkHttpClient.Builder client) {
    return client.sslSocketFactory(sockets, trust).connectionSpecs(SPECS);
  }

  /** Holds the chain that is proven, not the one that is sent, against the pins of a mirror. */
  public static CertificatePinner pinner(String host, TlsSettings settings) {
    String[] pins = settings.pins().toArray(String[]::new);
    return new CertificatePinner.Builder().add(host, pins).build();
  }

  private static X509ExtendedTrustManager jdk(TlsSettings settings, Revocation revocation)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(rules(settings, revocation)));
    return extended(factory);
  }

  private static PKIXBuilderParameters rules(TlsSettings settings, Revocation revocation)
      throws GeneralSecurityException {
    List<X509Certificate> authorities =
        settings.authorities().isEmpty() ? Jdk.AUTHORITIES : settings.authorities();
    Set<TrustAnchor> anchors =
        authorities.stream()
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toUnmodifiableSet());
    PKIXBuilderParameters rules = new PKIXBuilderParameters(anchors, new X509CertSelector());
    rules.addCertPathChecker(new StrongKeys());
    rules.setRevocationEnabled(revocation != Revocation.OFF);
    switch (revocation) {
      case OFF -> {}
      case OCSP -> rules.addCertPathChecker(ocsp(EnumSet.of(Option.SOFT_FAIL)));
      case OCSP_REQUIRED -> rules.addCertPathChecker(ocsp(EnumSet.noneOf(Option.class)));
    }
    return rules;
  }

  /** Of the mirror's own certificate: those of authorities seldom name a responder. */
  private static PKIXRevocationChecker ocsp(Set<Option> options) throws GeneralSecurityException {
    setIfAbsent("com.sun.security.ocsp.timeout");
    setIfAbsent("com.sun.security.ocsp.readtimeout");
    PKIXRevocationChecker checker =
        (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
    options.add(Option.ONLY_END_ENTITY);
    options.add(Option.NO_FALLBACK);
    checker.setOptions(options);
    return checker;
  }

  /** The JDK reads them when the first responder is asked; its own default is 15 s. */
  private static void setIfAbsent(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, OCSP_TIMEOUT);
    }
  }

  /** Read once: there are some hundred of them. */
  private static final class Jdk {
    static final List<X509Certificate> AUTHORITIES = read();

    private static List<X509Certificate> read() {
      try {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init((KeyStore) null);
        return List.of(extended(factory).getAcceptedIssuers());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has authorities", e);
      }
    }
  }

  private static X509ExtendedTrustManager extended(TrustManagerFactory factory) {
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
