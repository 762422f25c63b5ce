package dev.modgate.config;

import dev.modgate.secret.Credentials;
import dev.modgate.secret.Secret;
import dev.modgate.verify.Parsed;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The URL of a mirror, apart from the credentials in it.
 *
 * @param url without user, query, fragment or trailing slash
 */
record MirrorUrl(URI url, Credentials credentials) {

  /** No reason repeats the text: even a malformed one may hold a password. */
  static Parsed<MirrorUrl> parse(String text) {
    if (!text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      return Parsed.invalid("holds a space or a character outside ASCII");
    }
    try {
      return check(new URI(text).parseServerAuthority());
    } catch (URISyntaxException malformed) {
      return Parsed.invalid("is not a well-formed URL");
    }
  }

  private static Parsed<MirrorUrl> check(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return Parsed.invalid("does not start with https:// or http://");
    }
    if (uri.getHost() == null) {
      return Parsed.invalid("has no host");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return Parsed.invalid("has a query or a fragment, which a mirror never gets to see");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      return Parsed.invalid("has a port outside 1 to 65535");
    }
    if (!uri.normalize().getRawPath().equals(uri.getRawPath())) {
      return Parsed.invalid("has \".\", \"..\" or an empty part in its path");
    }
    if (uri.getRawPath().contains("@")) {
      return Parsed.invalid("has an @ in its path: in a password, write / as %2F and @ as %40");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return credentials(uri, scheme.equals("https") || isLoopback(host))
        .then(credentials -> Parsed.valid(new MirrorUrl(bare(scheme, host, uri), credentials)));
  }

  private static URI bare(String scheme, String host, URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return URI.create(scheme + "://" + host + port + trimmed);
  }

  private static Parsed<Credentials> credentials(URI uri, boolean confidential) {
    if (uri.getRawUserInfo() == null) {
      return Parsed.valid(new Credentials.None());
    }
    if (!confidential) {
      return Parsed.invalid(
          "holds credentials, which go over https, or over http to this machine alone");
    }
    int colon = uri.getRawUserInfo().indexOf(':');
    String whole = uri.getUserInfo();
    if (colon < 0) {
      return basic(whole, whole + ":");
    }
    String user = URI.create("//" + uri.getRawUserInfo().substring(0, colon) + "@h").getUserInfo();
    return basic(user, whole);
  }

  /** RFC 7617 §2: a user holds no colon. */
  private static Parsed<Credentials> basic(String user, String userAndPassword) {
    if (user.isEmpty() || user.contains(":")) {
      return Parsed.invalid("holds credentials without a user, or a user with a colon");
    }
    return Secret.of(userAndPassword).then(secret -> Parsed.valid(new Credentials.Basic(secret)));
  }

  private static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return Literal.parse(bare).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** Whether nobody on the way can read what is sent there: https, or this machine. */
  boolean isConfidential() {
    return url.getScheme().equals("https") || isLoopback(url.getHost());
  }

  /** {@code user:password}, if it holds one. */
  Optional<Secret> userAndPassword() {
    return credentials instanceof Credentials.Basic(Secret secret)
        ? Optional.of(secret)
        : Optional.empty();
  }

  /** With the credentials, if any, as {@code [REDACTED]}. */
  @Override
  public String toString() {
    return switch (credentials) {
      case Credentials.Basic(Secret secret) ->
          url.getScheme() + "://" + secret + "@" + authority() + url.getRawPath();
      case Credentials.None _,
          Credentials.Account _,
          Credentials.Bearer _,
          Credentials.NetrcFile _,
          Credentials.ClientGrant _,
          Credentials.Login _ ->
          url.toString();
    };
  }

  /** Its host, and its port if it names one. */
  String authority() {
    return url.getRawAuthority();
  }
}
