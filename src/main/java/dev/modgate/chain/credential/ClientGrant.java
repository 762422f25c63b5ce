package dev.modgate.chain.credential;

import dev.modgate.chain.credential.TokenEndpoint.Answer;
import dev.modgate.document.JsonPointer;
import dev.modgate.document.Node;
import dev.modgate.secret.Credentials;
import dev.modgate.secret.LiveSecret;
import dev.modgate.secret.Secret;
import dev.modgate.verify.Parsed;
import java.time.Duration;
import java.time.InstantSource;
import okhttp3.FormBody;
import okhttp3.Request;

/** OAuth 2.0 client credentials (RFC 6749 §4.4). */
public final class ClientGrant implements TokenSource {

  /** For an answer without {@code expires_in}. */
  private static final Duration UNSAID = Duration.ofMinutes(15);

  private static final JsonPointer TYPE = JsonPointer.parse("/token_type").orThrow();

  private final Credentials.ClientGrant settings;
  private final LiveSecret secret;
  private final TokenEndpoint endpoint;
  private final JsonToken token;

  public ClientGrant(
      Credentials.ClientGrant settings,
      LiveSecret secret,
      TokenEndpoint endpoint,
      InstantSource clock) {
    this.settings = settings;
    this.secret = secret;
    this.endpoint = endpoint;
    this.token = new JsonToken("/access_token", "/expires_in", UNSAID, clock);
  }

  @Override
  public Parsed<Token> obtain() {
    return secret.current().then(now -> endpoint.ask(request(now))).then(this::read);
  }

  private Request request(Secret now) {
    FormBody.Builder form = new FormBody.Builder().add("grant_type", "client_credentials");
    settings.scope().ifPresent(scope -> form.add("scope", scope));
    settings.audience().ifPresent(audience -> form.add("audience", audience));
    Request.Builder request = endpoint.request().post(form.build());
    SecretWriter.client(request, settings.clientId(), now);
    return request.build();
  }

  /** A token of another type is not sent as {@code Bearer} (RFC 6749 §7.1). */
  private Parsed<Token> read(Answer answer) {
    return answer
        .document()
        .then(document ->
            TYPE.in(document).filter(type -> !isBearer(type)).isPresent()
                ? Parsed.invalid("the token endpoint sent one whose type is not Bearer")
                : token.in(document));
  }

  private static boolean isBearer(Node type) {
    return type instanceof Node.Text text && text.value().equalsIgnoreCase("Bearer");
  }
}
