package dev.modgate.chain.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.modgate.verify.Parsed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate with its key, out of PEM (RFC 7468): certificates one after the other, the client's
 * own first; the key as {@code PRIVATE KEY}, which is PKCS #8 without a password.
 */
public final class PemIdentity {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private final List<Certificate> chain;
  private final PrivateKey key;

  private PemIdentity(List<Certificate> chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /** No reason quotes either text. */
  static Parsed<PemIdentity> parse(String certificates, String key) {
    return chain(certificates)
        .then(chain ->
            key(key, chain.getFirst().getPublicKey())
                .then(own -> Parsed.valid(new PemIdentity(chain, own))));
  }

  private static Parsed<List<Certificate>> chain(String text) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<Certificate> chain =
          List.copyOf(
              factory.generateCertificates(new ByteArrayInputStream(text.getBytes(ISO_8859_1))));
      return chain.isEmpty()
          ? Parsed.invalid("the certificate file holds no certificate in PEM")
          : Parsed.valid(chain);
    } catch (GeneralSecurityException malformed) {
      return Parsed.invalid("the certificate file holds no certificate in PEM");
    }
  }

  private static Parsed<PrivateKey> key(String text, PublicKey certified) {
    Matcher block = KEY.matcher(text);
    if (!block.find()) {
      return Parsed.invalid(
          "the key file holds no BEGIN PRIVATE KEY; convert it: openssl pkcs8 -topk8 -nocrypt");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
      PrivateKey key =
          KeyFactory.getInstance(certified.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return fits(key, certified)
          ? Parsed.valid(key)
          : Parsed.invalid("the key file holds another key than the certificate's");
    } catch (GeneralSecurityException | IllegalArgumentException other) {
      return Parsed.invalid("the key file holds another key than the certificate's");
    }
  }

  /** What the one signs the other accepts. */
  private static boolean fits(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    byte[] message = "modgate".getBytes(ISO_8859_1);
    Signature signature = Signature.getInstance(algorithm(certified));
    signature.initSign(key);
    signature.update(message);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(message);
    return signature.verify(signed);
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  /** For one TLS context. */
  KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
    char[] inMemory = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, inMemory);
    store.setKeyEntry("client", key, inMemory, chain.toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, inMemory);
    return factory.getKeyManagers();
  }
}
