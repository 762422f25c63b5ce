package dev.modgate.config;

import dev.modgate.config.CredentialTypes.FileType;
import dev.modgate.config.CredentialTypes.SecureUrlType;
import dev.modgate.config.ScalarTypes.DurationType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The keys of what a mirror is shown. Secrets are named, never written here. */
final class CredentialKeys {

  private static final String PLACE = "mirrors.NAME.credentials.";

  static final Key<Path> BEARER_FILE =
      secretFile("bearer.file", "A file with the token that is sent as `Bearer`.");

  static final Key<String> BEARER_ENV =
      variable("bearer.env", "A variable with the token that is sent as `Bearer`.");

  static final Key<String> USER =
      Key.optional(PLACE + "basic.user", CredentialTypes.USER, "The user of HTTP Basic.");

  static final Key<Path> PASSWORD_FILE =
      secretFile("basic.password.file", "A file with the user's password.");

  static final Key<String> PASSWORD_ENV =
      variable("basic.password.env", "A variable with the user's password.");

  static final Key<Path> NETRC =
      Key.optional(
          PLACE + "netrc",
          new FileType("~/.netrc"),
          "A netrc file with the user and password for the mirror's host, sent as HTTP Basic.");

  static final Key<URI> TOKEN_ENDPOINT =
      Key.optional(
          PLACE + "oauth2.token-endpoint",
          new SecureUrlType("https://login.corp.example/oauth2/token"),
          "Where a token is asked for by the OAuth 2.0 client credentials grant.");

  static final Key<String> CLIENT_ID =
      Key.optional(
          PLACE + "oauth2.client-id", CredentialTypes.IDENTIFIER, "The client that asks for it.");

  static final Key<Path> CLIENT_SECRET_FILE =
      secretFile("oauth2.secret.file", "A file with the client's secret.");

  static final Key<String> CLIENT_SECRET_ENV =
      variable("oauth2.secret.env", "A variable with the client's secret.");

  static final Key<String> SCOPE =
      Key.optional(PLACE + "oauth2.scope", CredentialTypes.IDENTIFIER, "The scope asked for.");

  static final Key<String> AUDIENCE =
      Key.optional(
          PLACE + "oauth2.audience",
          CredentialTypes.IDENTIFIER,
          "The `audience` asked for; some servers need it.");

  static final Key<URI> LOGIN_ENDPOINT =
      Key.optional(
          PLACE + "login.endpoint",
          new SecureUrlType("https://mirror.corp.example/api/login"),
          "Where a login request is sent whose answer holds a token.");

  static final Key<String> METHOD =
      Key.optional(
          PLACE + "login.method",
          CredentialTypes.METHOD,
          "The method of the login request; `POST` if not set.");

  static final Key<String> CONTENT_TYPE =
      Key.optional(
          PLACE + "login.content-type",
          CredentialTypes.CONTENT_TYPE,
          "Of the body; `application/json` if not set.");

  static final Key<Path> BODY_FILE =
      secretFile("login.body.file", "A file of one line: the body of the login request.");

  static final Key<String> BODY_ENV =
      variable("login.body.env", "A variable with the body of the login request.");

  static final Key<String> HEADER_FIELD =
      Key.optional(
          PLACE + "login.header.field",
          CredentialTypes.HEADER,
          "A header of the login request, such as Authorization.");

  static final Key<Path> HEADER_FILE =
      secretFile("login.header.file", "A file with the value of that header.");

  static final Key<String> HEADER_ENV =
      variable("login.header.env", "A variable with the value of that header.");

  static final Key<String> TOKEN_HEADER =
      Key.optional(
          PLACE + "login.token.header",
          CredentialTypes.HEADER,
          "The response header that holds the token.");

  static final Key<String> TOKEN_COOKIE =
      Key.optional(
          PLACE + "login.token.cookie",
          CredentialTypes.COOKIE,
          "The cookie that is the token; it lives as long as its Max-Age or Expires says.");

  static final Key<String> TOKEN_JSON =
      Key.optional(
          PLACE + "login.token.json",
          CredentialTypes.POINTER,
          "Where in a JSON answer the token is.");

  static final Key<String> TOKEN_LIFE =
      Key.optional(
          PLACE + "login.token.life",
          CredentialTypes.POINTER,
          "Where in a JSON answer the seconds are that it lives; `/expires_in` if not set.");

  static final Key<Duration> TOKEN_TTL =
      Key.optional(
          PLACE + "login.token.ttl",
          new DurationType(Duration.ofSeconds(1), Duration.ofHours(24)),
          "How long a token lives whose answer does not say so; `15m` if not set.");

  static final Key<String> SEND_HEADER =
      Key.optional(
          PLACE + "login.send.header",
          CredentialTypes.HEADER,
          "The header in which the mirror is sent the token. If nothing is set below send, it is"
              + " sent as it came: in the same header, as the same cookie; one out of JSON as"
              + " `Authorization: Bearer`.");

  static final Key<String> SEND_SCHEME =
      Key.optional(
          PLACE + "login.send.scheme",
          CredentialTypes.SCHEME,
          "A word in front of the token in that header.");

  static final Key<String> SEND_COOKIE =
      Key.optional(
          PLACE + "login.send.cookie",
          CredentialTypes.COOKIE,
          "The cookie as which the mirror is sent the token.");

  static final Key<Path> CERTIFICATE =
      Key.optional(
          "mirrors.NAME.tls.certificate",
          new FileType("/run/secrets/client.pem"),
          "A client certificate in PEM, followed by those that signed it; shown to the mirror.");

  static final Key<Path> CERTIFICATE_KEY =
      Key.optional(
          "mirrors.NAME.tls.key",
          new FileType("/run/secrets/client.key"),
          "Its key in PEM (PKCS #8), without a password.");

  static final List<Key<?>> ALL =
      List.of(
          BEARER_FILE,
          BEARER_ENV,
          USER,
          PASSWORD_FILE,
          PASSWORD_ENV,
          NETRC,
          TOKEN_ENDPOINT,
          CLIENT_ID,
          CLIENT_SECRET_FILE,
          CLIENT_SECRET_ENV,
          SCOPE,
          AUDIENCE,
          LOGIN_ENDPOINT,
          METHOD,
          CONTENT_TYPE,
          BODY_FILE,
          BODY_ENV,
          HEADER_FIELD,
          HEADER_FILE,
          HEADER_ENV,
          TOKEN_HEADER,
          TOKEN_COOKIE,
          TOKEN_JSON,
          TOKEN_LIFE,
          TOKEN_TTL,
          SEND_HEADER,
          SEND_SCHEME,
          SEND_COOKIE,
          CERTIFICATE,
          CERTIFICATE_KEY);

  private CredentialKeys() {}

  private static Key<Path> secretFile(String leaf, String description) {
    return Key.optional(PLACE + leaf, new FileType("/run/secrets/corp"), description);
  }

  private static Key<String> variable(String leaf, String description) {
    return Key.optional(PLACE + leaf, CredentialTypes.VARIABLE, description);
  }
}
