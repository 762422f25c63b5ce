package dev.modgate.telemetry;

import static dev.modgate.telemetry.TextRule.anyOf;
import static dev.modgate.telemetry.TextRule.lettersDigitsAnd;
import static dev.modgate.telemetry.TextRule.oneOf;
import static dev.modgate.telemetry.TextRule.text;

import java.util.Optional;

/**
 * The texts that may leave on a span. The first group is OpenTelemetry's semantic conventions for
 * HTTP (opentelemetry.io/docs/specs/semconv/http/http-spans).
 */
// Its fields never change; their types just do not say so by an annotation.
@SuppressWarnings("ImmutableEnumChecker")
public enum TextAttribute implements AllowedText {
  HTTP_REQUEST_METHOD(
      "http.request.method",
      oneOf("GET", "HEAD", "_OTHER"),
      "3",
      "The method; `_OTHER` for any that is refused."),
  HTTP_ROUTE(
      "http.route",
      anyOf("a route of modgate", SpanNames.ROUTES),
      "one per route",
      "The route, never the path."),
  URL_SCHEME("url.scheme", oneOf("http", "https"), "2", "How the request came."),
  SERVER_ADDRESS(
      "server.address",
      text("letters, digits, `.:_-`", 253, lettersDigitsAnd(".:_-")),
      "one per mirror",
      "Host name or IP address of the other side."),
  CLIENT_ADDRESS(
      "client.address",
      text("hex digits, `.:`", 45, c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':'),
      "one per client",
      "IP address of the client."),
  NETWORK_PROTOCOL_VERSION(
      "network.protocol.version", oneOf("1.0", "1.1", "2", "3"), "4", "The version of HTTP."),
  ERROR_TYPE(
      "error.type",
      text("letters, digits, `._$-`", 200, lettersDigitsAnd("._$-")),
      "tens",
      "A status code, a refusal, or the class of an exception; never its message."),
  EXCEPTION_TYPE(
      "exception.type",
      text("letters, digits, `._$-`", 200, lettersDigitsAnd("._$-")),
      "tens",
      "Of an event or a log record: the class of an exception; never its message."),

  MODULE(
      "modgate.module",
      text("letters, digits, `-._~/`", 512, lettersDigitsAnd("-._~/")),
      "unbounded",
      "The module path (go.dev/ref/mod#module-path); of a private module as"
          + " `telemetry.private-modules` says."),
  VERSION(
      "modgate.version",
      text("letters, digits, `.+-`", 128, lettersDigitsAnd(".+-")),
      "unbounded",
      "The version (go.dev/ref/mod#versions)."),
  ARTIFACT(
      "modgate.artifact",
      oneOf("list", "latest", "info", "mod", "zip", "lookup", "tile", "sumdb"),
      "8",
      "What was asked for; not on hits, the route says it."),
  MIRROR(
      "modgate.mirror",
      text("letters, digits, `._-`", 64, lettersDigitsAnd("._-")),
      "one per mirror",
      "The configured name of the mirror, or `store` for a stale answer; not on hits."),
  VERDICT(
      "modgate.verdict",
      text("small letters, `-`", 32, c -> (c >= 'a' && c <= 'z') || c == '-'),
      "tens",
      "How the verification ended."),
  CACHE(
      "modgate.cache",
      oneOf("hit", "miss", "stale", "joined"),
      "4",
      "Where the answer came from; `joined` waited for another request's fetch."),
  BREAKER_STATE(
      "modgate.breaker.state",
      oneOf("closed", "open", "half_open"),
      "3",
      "The state that a mirror's breaker went into."),
  H1(
      "modgate.h1",
      TextRule.h1(),
      "unbounded",
      "The proven hash (go.dev/ref/mod#go-sum-files); not on hits."),
  DATABASE(
      "modgate.database",
      text("letters, digits, `.:_-/`", 253, lettersDigitsAnd(".:_-/")),
      "one per database",
      "The name of the checksum database; not on hits."),
  LOGGER(
      "modgate.logger",
      text("letters, digits, `._$-`", 200, lettersDigitsAnd("._$-")),
      "tens",
      "Of a log record: the part of the process that says it."),
  RULE(
      "modgate.rule",
      text("letters, digits, `._:/*-`", 100, lettersDigitsAnd("._:/*-")),
      "one per rule",
      "The rule that decided."),
  BUILD(
      "modgate.build",
      text("letters, digits, `_-`", 64, lettersDigitsAnd("_-")),
      "unbounded",
      "The build that asked, as it calls itself.");

  private final Spec spec;

  TextAttribute(String key, TextRule rule, String cardinality, String meaning) {
    this.spec = Spec.of(key, rule, cardinality, meaning);
  }

  @Override
  public Spec spec() {
    return spec;
  }

  /** The path of a private module may leave under another name. */
  @Override
  public Optional<String> clean(String value, Scrubber scrubber) {
    Optional<String> clean = AllowedText.super.clean(value, scrubber);
    return this == MODULE ? clean.flatMap(scrubber.names()::of) : clean;
  }
}
