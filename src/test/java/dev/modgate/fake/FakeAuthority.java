package dev.modgate.fake;

import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs whatever certificate it is asked for, also a bad one. */
public final class FakeAuthority {

  /** What {@code 127.0.0.1} and {@code localhost} are called in certificates. */
  public static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Issued own;

  private FakeAuthority(Issued own) {
    this.own = own;
  }

  /**
   * A certificate, its key, and the certificates above it.
   *
   * @param chain the certificate first, without the root
   */
  public record Issued(X509Certificate certificate, PrivateKey key, List<X509Certificate> chain) {
    @Override
    public String toString() {
      return String.valueOf(certificate.getSubjectX500Principal());
    }

    /** The certificate in PEM. */
    public String certificatePem() {
      return FakeAuthority.pem(certificate);
    }

    /** The key in PEM, as PKCS #8. */
    public String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }
  }

  /**
   * What a certificate is to be.
   *
   * @param names DNS names, and IPv4 addresses
   * @param keys as {@code EC256} or {@code RSA1024}
   * @param signature as {@code SHA256}
   * @param purpose of its key; for servers, if none
   * @param responder of OCSP, if there is one
   */
  public record Form(
      String subject,
      List<String> names,
      Instant notBefore,
      Instant notAfter,
      String keys,
      String signature,
      boolean isAuthority,
      KeyPurposeId purpose,
      Optional<URI> responder) {

    public static Form of(String subject, List<String> names) {
      Instant now = Instant.now();
      return new Form(
          subject,
          names,
          now.minus(Duration.ofDays(1)),
          now.plus(Duration.ofDays(30)),
          "EC256",
          "SHA256",
          false,
          KeyPurposeId.id_kp_serverAuth,
          Optional.empty());
    }

    public static Form ofServer() {
      return of("CN=mirror", LOOPBACK);
    }

    public Form valid(Instant from, Instant to) {
      return new Form(subject, names, from, to, keys, signature, isAuthority, purpose, responder);
    }

    public Form keys(String other) {
      return new Form(
          subject, names, notBefore, notAfter, other, signature, isAuthority, purpose, responder);
    }

    public Form signature(String other) {
      return new Form(
          subject, names, notBefore, notAfter, keys, other, isAuthority, purpose, responder);
    }

    public Form authority() {
      return new Form(
          subject, names, notBefore, notAfter, keys, signature, true, purpose, responder);
    }

    public Form purpose(KeyPurposeId other) {
      return new Form(
          subject, names, notBefore, notAfter, keys, signature, isAuthority, other, responder);
    }

    public Form responder(URI uri) {
      return new Form(
          subject,
          names,
          notBefore,
          notAfter,
          keys,
          signature,
          isAuthority,
          purpose,
          Optional.of(uri));
    }
  }

  public static FakeAuthority root(String name) {
    return root(Form.of(name, List.of()));
  }

  public static FakeAuthority root(Form form) {
    return new FakeAuthority(selfSigned(form.authority()));
  }

  public static Issued selfSigned(Form form) {
    KeyPair pair = pair(form.keys());
    X509Certificate certificate =
        signed(form, pair, new X500Principal(form.subject()), pair.getPrivate());
    return new Issued(certificate, pair.getPrivate(), List.of(certificate));
  }

  /** An authority below this one. */
  public FakeAuthority below(Form form) {
    return new FakeAuthority(issue(form.authority()));
  }

  /** An authority of any certificate, also of one that may not be one. */
  public static FakeAuthority of(Issued issued) {
    return new FakeAuthority(issued);
  }

  public Issued issue(Form form) {
    KeyPair pair = pair(form.keys());
    X509Certificate certificate =
        signed(form, pair, own.certificate.getSubjectX500Principal(), own.key);
    List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
    own.chain.stream()
        .filter(above -> !above.getSubjectX500Principal().equals(above.getIssuerX500Principal()))
        .forEach(chain::add);
    return new Issued(certificate, pair.getPrivate(), List.copyOf(chain));
  }

  public X509Certificate certificate() {
    return own.certificate;
  }

  PrivateKey key() {
    return own.key;
  }

  /** Its certificate in PEM. */
  public String certificatePem() {
    return own.certificatePem();
  }

  private static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(label, base64);
  }

  private static X509Certificate signed(
      Form form, KeyPair pair, X500Principal issuer, PrivateKey issuerKey) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(64, RANDOM).abs().add(BigInteger.ONE),
              Date.from(form.notBefore),
              Date.from(form.notAfter),
              new X500Principal(form.subject),
              pair.getPublic());
      extend(builder, form);
      String algorithm =
          form.signature + "with" + (issuerKey.getAlgorithm().equals("RSA") ? "RSA" : "ECDSA");
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKey)));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void extend(X509v3CertificateBuilder builder, Form form) throws CertIOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(form.isAuthority));
    if (form.isAuthority) {
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } else {
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(form.purpose));
    }
    if (!form.names.isEmpty()) {
      GeneralName[] names =
          form.names.stream().map(FakeAuthority::name).toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    if (form.responder.isPresent()) {
      GeneralName uri =
          new GeneralName(
              GeneralName.uniformResourceIdentifier, form.responder.orElseThrow().toString());
      builder.addExtension(
          Extension.authorityInfoAccess,
          false,
          new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, uri));
    }
  }

  private static GeneralName name(String text) {
    boolean isAddress = text.matches("[0-9.]+");
    return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, text);
  }

  private static KeyPair pair(String keys) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keys.replaceAll("\\d+", ""));
      generator.initialize(Integer.parseInt(keys.replaceAll("\\D+", "")), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
