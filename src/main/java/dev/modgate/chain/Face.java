package dev.modgate.chain;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Holds the answers of a mirror's own origin against its identity: those that the gate acts on, so
 * that a redirect is no way around it. A server error may come from a machine in front of the
 * mirror; it is a failure as it is.
 */
final class Face implements Interceptor {

  private final Map<String, StarGlob> headers = new TreeMap<>();
  private final Optional<StarGlob> issuer;

  Face(IdentitySettings identity) {
    identity.headers().forEach((name, glob) -> headers.put(name, new StarGlob(glob)));
    this.issuer = Optional.of(identity.issuer()).filter(glob -> !glob.isEmpty()).map(StarGlob::new);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    Optional<String> changed = actedOn(response.code()) ? changed(response) : Optional.empty();
    if (changed.isEmpty()) {
      return response;
    }
    chain.call().cancel();
    response.close();
    throw new ChangedFaceException(changed.get());
  }

  private static boolean actedOn(int status) {
    return switch (status) {
      case 200, 301, 302, 303, 307, 308, 404, 410 -> true;
      default -> false;
    };
  }

  /** What is not as it should be, by the operator's own word for it. */
  private Optional<String> changed(Response response) {
    for (Map.Entry<String, StarGlob> header : headers.entrySet()) {
      List<String> values = response.headers(header.getKey());
      if (values.isEmpty() || !header.getValue().matches(String.join(", ", values))) {
        return Optional.of("the header " + header.getKey());
      }
    }
    boolean issued = issuer.map(glob -> glob.matches(issuer(response))).orElse(true);
    return issued ? Optional.empty() : Optional.of("the issuer of its certificate");
  }

  /** Of the certificate on this connection; empty without TLS. */
  private static String issuer(Response response) {
    return Optional.ofNullable(response.handshake())
        .flatMap(handshake -> handshake.peerCertificates().stream().findFirst())
        .filter(X509Certificate.class::isInstance)
        .map(certificate -> ((X509Certificate) certificate).getIssuerX500Principal().getName())
        .orElse("");
  }
}
