package dev.modgate.chain.credential;

import dev.modgate.chain.credential.TokenSource.Token;
import dev.modgate.document.JsonPointer;
import dev.modgate.document.Node;
import dev.modgate.secret.Secret;
import dev.modgate.verify.Parsed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Where in a JSON document a token is, and how long it lives. */
final class JsonToken {

  private final JsonPointer token;
  private final JsonPointer life;
  private final Duration ttl;
  private final InstantSource clock;

  /**
   * @param token pointer to its text
   * @param life pointer to the seconds that it lives; without them its own {@code exp} counts
   * @param ttl if neither is there
   */
  JsonToken(String token, String life, Duration ttl, InstantSource clock) {
    this.token = JsonPointer.parse(token).orThrow();
    this.life = JsonPointer.parse(life).orThrow();
    this.ttl = ttl;
    this.clock = clock;
  }

  Parsed<Token> in(Node document) {
    if (!(token.in(document).orElse(document) instanceof Node.Text text)) {
      return Parsed.invalid("the token endpoint sent a document that has none at its pointer");
    }
    Optional<Duration> said =
        life.in(document)
            .flatMap(TokenLife::seconds)
            .or(() -> TokenLife.ofJwt(text.value(), clock.instant()));
    return TokenLife.bounded(said.orElse(ttl))
        .then(bounded ->
            Secret.of(text.value()).then(secret -> Parsed.valid(new Token(secret, bounded))));
  }
}
