package dev.modgate.chain.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.document.DocumentReader;
import dev.modgate.document.JsonPointer;
import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a token lives. What it says is its issuer's word and decides only when the next one is
 * asked for.
 */
final class TokenLife {

  /** A longer one is renewed all the same. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,9})?");
  private static final JsonPointer EXPIRES_AT = JsonPointer.parse("/exp").orThrow();

  private TokenLife() {}

  /** Bounded; or a reason, if it is over. */
  static Parsed<Duration> bounded(Duration life) {
    if (life.isNegative() || life.isZero()) {
      return Parsed.invalid("the token endpoint sent one whose time is over");
    }
    return Parsed.valid(life.compareTo(LONGEST) > 0 ? LONGEST : life);
  }

  /** A number of seconds, also as a text. */
  static Optional<Duration> seconds(Node node) {
    return switch (node) {
      case Node.Numeral number -> seconds(number.text());
      case Node.Text text -> seconds(text.value());
      case Node.Mapping _, Node.Sequence _, Node.Bool _, Node.Null _ -> Optional.empty();
    };
  }

  static Optional<Duration> seconds(String text) {
    return SECONDS.matcher(text).matches()
        ? Optional.of(Duration.ofSeconds((long) Double.parseDouble(text)))
        : Optional.empty();
  }

  /** Until the {@code exp} of a JWT (RFC 7519 §4.1.4), if the token is one. */
  static Optional<Duration> ofJwt(String token, Instant now) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1].getBytes(UTF_8));
      return switch (DocumentReader.json(claims)) {
        case Parsed.Valid<Node>(Node document) ->
            EXPIRES_AT
                .in(document)
                .flatMap(TokenLife::seconds)
                .map(end -> Duration.ofSeconds(end.toSeconds() - now.getEpochSecond()));
        case Parsed.Invalid<Node> _ -> Optional.empty();
      };
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
