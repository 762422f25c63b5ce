package dev.modgate.chain.tls;

import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why a handshake failed, in one word. Where the JDK and the HTTP client tell it by their sentences
 * alone, it is known by their fixed parts; {@code TlsDocumentTest} holds each against a real
 * handshake.
 */
public final class TlsFaults {

  private static final Pattern PROTOCOL =
      Pattern.compile("protocol|handshake_failure|insufficient_security|selected version");

  private static final Pattern OF_OUR_CERTIFICATE =
      Pattern.compile(
          "received fatal alert: (certificate_\\w+|bad_certificate|unknown_ca|access_denied)");

  private TlsFaults() {}

  public static TlsFault of(SSLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UntrustedCertificateException untrusted) {
        return untrusted.fault();
      }
    }
    String message = String.valueOf(e.getMessage());
    return e instanceof SSLPeerUnverifiedException ? ofPeer(message) : ofHandshake(message);
  }

  /** OkHttp: the handshake was good, but it is not the peer that was wanted. */
  private static TlsFault ofPeer(String message) {
    if (message.startsWith("Certificate pinning failure")) {
      return TlsFault.PIN;
    }
    return message.startsWith("Hostname ") ? TlsFault.HOST : TlsFault.INVALID;
  }

  private static TlsFault ofHandshake(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (OF_OUR_CERTIFICATE.matcher(text).find()) {
      return TlsFault.OUR_CERTIFICATE;
    }
    if (text.contains("unsupported or unrecognized ssl message")) {
      return TlsFault.NO_TLS;
    }
    if (text.contains("algorithm constraints")) {
      return TlsFault.WEAK;
    }
    return PROTOCOL.matcher(text).find() ? TlsFault.PROTOCOL : TlsFault.HANDSHAKE;
  }
}
