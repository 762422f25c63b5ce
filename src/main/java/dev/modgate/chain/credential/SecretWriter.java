package dev.modgate.chain.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.secret.Secret;
import dev.modgate.verify.Parsed;
import java.net.URLEncoder;
import java.util.Base64;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** The one place where a secret becomes a part of a request. */
public final class SecretWriter {

  private static final int FRAGMENT = 12;

  private SecretWriter() {}

  public static void header(Request.Builder request, CredentialHeader header) {
    String value = header.value().reveal();
    String written = header.base64() ? base64(value) : value;
    request.header(header.name(), header.prefix() + written);
  }

  /** Whether a text holds the header's value, or {@value #FRAGMENT} characters of it in a row. */
  public static boolean isRepeated(CredentialHeader header, String text) {
    String value = header.value().reveal();
    String written = header.base64() ? base64(value) : value;
    int length = Math.min(FRAGMENT, value.length());
    for (int i = 0; i + length <= text.length(); i++) {
      String piece = text.substring(i, i + length);
      if (value.contains(piece) || written.contains(piece)) {
        return true;
      }
    }
    return false;
  }

  /** RFC 6749 §2.3.1: both are form-encoded before they are Basic. */
  static void client(Request.Builder request, String id, Secret secret) {
    String pair = URLEncoder.encode(id, UTF_8) + ":" + URLEncoder.encode(secret.reveal(), UTF_8);
    request.header("Authorization", "Basic " + base64(pair));
  }

  static RequestBody body(Secret text, String contentType) {
    return RequestBody.create(text.reveal().getBytes(UTF_8), MediaType.get(contentType));
  }

  /**
   * {@code user:password}.
   *
   * @return the reason never quotes either
   */
  public static Parsed<Secret> pair(String user, Secret password) {
    return Secret.of(user + ":" + password.reveal());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
