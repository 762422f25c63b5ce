package dev.modgate.chain.credential;

import dev.modgate.chain.credential.TokenEndpoint.Answer;
import dev.modgate.secret.Credentials.Login;
import dev.modgate.secret.Credentials.Place;
import dev.modgate.secret.LiveSecret;
import dev.modgate.secret.Secret;
import dev.modgate.verify.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.RequestBody;

/** A configured request whose answer holds a token: in a header, a cookie or its JSON body. */
public final class LoginRequest implements TokenSource {

  private final Login settings;
  private final Optional<LiveSecret> header;
  private final Optional<LiveSecret> body;
  private final TokenEndpoint endpoint;
  private final InstantSource clock;

  public LoginRequest(
      Login settings,
      Optional<LiveSecret> header,
      Optional<LiveSecret> body,
      TokenEndpoint endpoint,
      InstantSource clock) {
    this.settings = settings;
    this.header = header;
    this.body = body;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  @Override
  public Parsed<Token> obtain() {
    return request().then(endpoint::ask).then(this::read);
  }

  private Parsed<Request> request() {
    Request.Builder request = endpoint.request();
    return current(header)
        .then(value -> current(body).then(text -> Parsed.valid(filled(request, value, text))));
  }

  private Request filled(
      Request.Builder request, Optional<Secret> value, Optional<Secret> bodyText) {
    settings
        .header()
        .ifPresent(named ->
            value.ifPresent(secret ->
                SecretWriter.header(request, CredentialHeader.of(named.name(), "", secret))));
    if (settings.method().equals("GET")) {
      return request.get().build();
    }
    RequestBody content =
        settings
            .body()
            .flatMap(form -> bodyText.map(text -> SecretWriter.body(text, form.contentType())))
            .orElse(RequestBody.EMPTY);
    return request.method(settings.method(), content).build();
  }

  private static Parsed<Optional<Secret>> current(Optional<LiveSecret> secret) {
    return secret
        .map(live -> live.current().then(now -> Parsed.valid(Optional.of(now))))
        .orElse(Parsed.valid(Optional.empty()));
  }

  private Parsed<Token> read(Answer answer) {
    return switch (settings.token()) {
      case Place.InHeader(String name) -> inHeader(answer.header(name));
      case Place.InCookie(String name) -> inCookie(answer.header("Set-Cookie"), name);
      case Place.InJson(String pointer, String life) ->
          answer.document().then(new JsonToken(pointer, life, settings.ttl(), clock)::in);
    };
  }

  private Parsed<Token> inHeader(List<String> values) {
    if (values.size() != 1) {
      return Parsed.invalid("the token endpoint sent " + values.size() + " such headers");
    }
    return token(values.getFirst(), Optional.empty());
  }

  /** Of two cookies of one name, a browser keeps the last. */
  private Parsed<Token> inCookie(List<String> values, String name) {
    Instant now = clock.instant();
    return values.stream()
        .flatMap(header -> SetCookie.parse(header, now).stream())
        .filter(cookie -> cookie.name().equals(name))
        .reduce((_, last) -> last)
        .map(cookie -> token(cookie.value(), cookie.life()))
        .orElse(Parsed.invalid("the token endpoint did not set the cookie"));
  }

  /** If the answer does not say how long it lives, a JWT does itself. */
  private Parsed<Token> token(String value, Optional<Duration> said) {
    Optional<Duration> life = said.or(() -> TokenLife.ofJwt(value, clock.instant()));
    return TokenLife.bounded(life.orElse(settings.ttl()))
        .then(bounded -> Secret.of(value).then(secret -> Parsed.valid(new Token(secret, bounded))));
  }
}
