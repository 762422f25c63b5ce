package dev.modgate.chain;

import dev.modgate.chain.Failure.Untrusted.Why;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why a handshake failed, in one word. Where the JDK and the HTTP client tell it by their sentences
 * alone, it is known by their fixed parts; {@code TlsDocumentTest} holds each against a real
 * handshake.
 */
final class TlsFaults {

  private static final Pattern PROTOCOL =
      Pattern.compile("protocol|handshake_failure|insufficient_security|selected version");

  private static final Pattern OF_OUR_CERTIFICATE =
      Pattern.compile(
          "received fatal alert: (certificate_\\w+|bad_certificate|unknown_ca|access_denied)");

  private TlsFaults() {}

  static Failure.Untrusted of(SSLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UntrustedCertificateException untrusted) {
        return new Failure.Untrusted(untrusted.why());
      }
    }
    String message = String.valueOf(e.getMessage());
    return new Failure.Untrusted(
        e instanceof SSLPeerUnverifiedException ? ofPeer(message) : ofHandshake(message));
  }

  /** OkHttp: the handshake was good, but it is not the peer that was wanted. */
  private static Why ofPeer(String message) {
    if (message.startsWith("Certificate pinning failure")) {
      return Why.PIN;
    }
    return message.startsWith("Hostname ") ? Why.HOST : Why.INVALID;
  }

  private static Why ofHandshake(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (OF_OUR_CERTIFICATE.matcher(text).find()) {
      return Why.OUR_CERTIFICATE;
    }
    if (text.contains("unsupported or unrecognized ssl message")) {
      return Why.NO_TLS;
    }
    if (text.contains("algorithm constraints")) {
      return Why.WEAK;
    }
    return PROTOCOL.matcher(text).find() ? Why.PROTOCOL : Why.HANDSHAKE;
  }
}
