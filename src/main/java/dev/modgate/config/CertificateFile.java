package dev.modgate.config;

import dev.modgate.verify.Parsed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates. */
final class CertificateFile {

  /** Bytes; the bundle of all public authorities has a quarter of it. */
  private static final int MAX_BYTES = 1 << 20;

  private CertificateFile() {}

  /** PEM (RFC 7468), one certificate after the other; the reason follows the name of the key. */
  static Parsed<List<X509Certificate>> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES
          ? Parsed.invalid("names a file of more than 1 MiB")
          : certificates(bytes);
    } catch (IOException e) {
      return Parsed.invalid("names a file that cannot be read");
    }
  }

  private static Parsed<List<X509Certificate>> certificates(byte[] bytes) {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      return certificates.isEmpty() ? notCertificates() : Parsed.valid(certificates);
    } catch (CertificateException e) {
      return notCertificates();
    }
  }

  private static Parsed<List<X509Certificate>> notCertificates() {
    return Parsed.invalid("names a file that does not hold certificates in PEM");
  }
}
