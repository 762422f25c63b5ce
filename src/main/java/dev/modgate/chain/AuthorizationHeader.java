package dev.modgate.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.secret.Secret;
import java.util.Base64;
import okhttp3.Request;

/** The one place where a mirror's secret becomes a header. */
final class AuthorizationHeader {

  private AuthorizationHeader() {}

  /** RFC 7617. */
  static void set(Request.Builder request, Secret userAndPassword) {
    byte[] pair = userAndPassword.reveal().getBytes(UTF_8);
    String encoded = Base64.getEncoder().encodeToString(pair);
    request.header("Authorization", "Basic " + encoded);
  }
}
