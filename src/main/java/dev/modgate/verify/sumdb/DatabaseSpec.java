package dev.modgate.verify.sumdb;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.note.VerifierKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A checksum database as GOSUMDB names it.
 *
 * <p>Source: go.dev/ref/mod#environment-variables (GOSUMDB) and cmd/go, dbDial.
 *
 * @param key the verifier key; its name is the name of the database
 * @param url where to read the database and nowhere else; absent, its mirrors and then {@code
 *     https://NAME}
 */
public record DatabaseSpec(VerifierKey key, Optional<URI> url) {

  /**
   * {@code host[:port][/path]}, each path element of unreserved characters and not of dots only.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/(?!\\.+(/|\\z))[A-Za-z0-9._~-]+)*");

  /** Unicode White_Space, at which Go splits too. */
  private static final Pattern SPACE = Pattern.compile("[\\p{IsWhite_Space}]+");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

  /**
   * Reads {@code NAME}, {@code KEY}, {@code NAME URL} or {@code KEY URL}: NAME is one of {@link
   * KnownDatabases}, KEY a verifier key. A URL is https, or http to the loopback address.
   *
   * @param text any text; {@code off} is refused
   * @return the database, or why the text names none
   */
  public static Parsed<DatabaseSpec> parse(String text) {
    List<String> fields = SPACE.splitAsStream(text).filter(field -> !field.isEmpty()).toList();
    if (fields.isEmpty() || fields.size() > 2) {
      return Parsed.invalid("a checksum database is NAME, KEY or KEY URL");
    }
    if (fields.equals(List.of(KnownDatabases.SUM_GOLANG_GOOGLE_CN))) {
      return parse(
          KnownDatabases.SUM_GOLANG_ORG + " https://" + KnownDatabases.SUM_GOLANG_GOOGLE_CN);
    }
    if (fields.getFirst().equals("off")) {
      return Parsed.invalid("\"off\" is no checksum database");
    }
    Parsed<VerifierKey> key =
        VerifierKey.parse(KnownDatabases.key(fields.getFirst()).orElse(fields.getFirst()))
            .then(DatabaseSpec::named);
    if (fields.size() == 1) {
      return key.then(known -> Parsed.valid(new DatabaseSpec(known, Optional.empty())));
    }
    return key.then(known ->
        url(fields.get(1)).then(url -> Parsed.valid(new DatabaseSpec(known, Optional.of(url)))));
  }

  /** {@return the name of the database, which may be part of URLs and paths} */
  public String name() {
    return key.name();
  }

  /** The name becomes part of URLs and paths. */
  private static Parsed<VerifierKey> named(VerifierKey key) {
    return NAME.matcher(key.name()).matches()
        ? Parsed.valid(key)
        : Parsed.invalid("the name of a checksum database is HOST or HOST/PATH");
  }

  private static Parsed<URI> url(String text) {
    URI url;
    try {
      url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    } catch (URISyntaxException e) {
      return Parsed.invalid("the URL of a checksum database is malformed");
    }
    String scheme = Optional.ofNullable(url.getScheme()).orElse("");
    String host = Optional.ofNullable(url.getHost()).orElse("");
    if (host.isEmpty()
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      return Parsed.invalid(
          "the URL of a checksum database has a host, and no user, query or fragment");
    }
    boolean allowed =
        scheme.equals("https") || (scheme.equals("http") && LOOPBACK.matcher(host).matches());
    return allowed
        ? Parsed.valid(url)
        : Parsed.invalid(
            "the URL of a checksum database is https, or http to the loopback address");
  }
}
