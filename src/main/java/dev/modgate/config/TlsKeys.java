package dev.modgate.config;

import dev.modgate.config.ListType.Texts;
import dev.modgate.config.MirrorSettings.Tls.Revocation;
import dev.modgate.config.TlsTypes.CertificateFileType;
import dev.modgate.config.TlsTypes.HeaderGlobs;
import dev.modgate.config.TlsTypes.HeaderGlobsType;
import dev.modgate.config.TlsTypes.IssuerType;
import dev.modgate.config.TlsTypes.OptionalFile;
import dev.modgate.config.TlsTypes.RevocationType;
import java.util.List;

/** The keys by which a mirror is known again. There is none that leaves the proof of it out. */
final class TlsKeys {

  static final Key<OptionalFile> CA =
      Key.of(
          "mirrors.NAME.tls.ca",
          new CertificateFileType(),
          "",
          "Whose certificates are trusted, instead of those that the JDK trusts.");

  static final Key<Texts> PINS =
      Key.of(
          "mirrors.NAME.tls.pins",
          new ListType(
              "pins (sha256/ and the SHA-256 of a public key in base64)",
              "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
              0,
              TlsTypes::pin),
          "",
          "Public keys of which the proven chain must hold one; `modgate probe` prints them.");

  static final Key<Texts> SANS =
      Key.of(
          "mirrors.NAME.tls.sans",
          new ListType(
              "names as a certificate holds them", "mirror.corp.example", 0, TlsTypes::name),
          "",
          "Subject alternative names that the certificate must hold, all of them.");

  static final Key<Revocation> REVOCATION =
      Key.of(
          "mirrors.NAME.tls.revocation",
          new RevocationType(),
          "off",
          "Whether OCSP, stapled or fetched, is asked if the certificate is revoked; no answer is"
              + " a failure only with `ocsp-required`.");

  static final Key<HeaderGlobs> HEADERS =
      Key.of(
          "mirrors.NAME.identity.headers",
          new HeaderGlobsType(),
          "",
          "Headers that the mirror's own answers must have; else it is taken out with an alarm.");

  static final Key<String> ISSUER =
      Key.of(
          "mirrors.NAME.identity.issuer",
          new IssuerType(),
          "",
          "Who must have issued the mirror's certificate, by its distinguished name.");

  private static final List<Key<?>> ALL = List.of(CA, PINS, SANS, REVOCATION, HEADERS, ISSUER);

  private TlsKeys() {}

  /** In the order of the documentation. */
  static List<Key<?>> all() {
    return ALL;
  }

  /** The headers of an answer are there without TLS as well. */
  static boolean needsTls(Key<?> key) {
    return !key.equals(HEADERS);
  }
}
