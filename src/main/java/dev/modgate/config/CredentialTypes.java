package dev.modgate.config;

import dev.modgate.document.JsonPointer;
import dev.modgate.secret.Credentials;
import dev.modgate.verify.Parsed;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The types of the keys of credentials. Each refuses what could be a secret that was written in the
 * place of a reference to one, and no reason repeats a text.
 */
final class CredentialTypes {

  static final TextType VARIABLE =
      text(
          "the name of an environment variable, in capitals",
          "CORP_TOKEN",
          "is not capitals, digits and _, or starts with MODGATE_",
          "(?!MODGATE_)[A-Z][A-Z0-9_]{0,127}");

  /** RFC 7617 §2. */
  static final TextType USER =
      text(
          "a user name without a colon",
          "ci",
          "is not 1 to 256 printable ASCII characters without a colon",
          "[\\x20-\\x7e&&[^:]]{1,256}");

  /** RFC 6749, appendix A; a URL with a password in it is not repeated. */
  static final TextType IDENTIFIER =
      text(
          "printable ASCII, not both : and @",
          "modules.read",
          "is not 1 to 1024 printable ASCII characters, or holds both : and @",
          "(?!.*:.*@)(?!.*@.*:)[\\x20-\\x7e&&[^\"\\\\]]{1,1024}");

  static final TextType METHOD = text("GET or POST", "POST", "is neither GET nor POST", "GET|POST");

  static final TextType CONTENT_TYPE =
      text(
          "a media type",
          "application/json",
          "is not TYPE/SUBTYPE",
          "[a-z]{1,32}/[a-z0-9.+-]{1,64}");

  /** RFC 9110 §5.6.2. */
  static final TextType COOKIE =
      text("the name of a cookie", "session", "is not a name", "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

  static final TextType SCHEME =
      text(
          "a word",
          "Token",
          "is not a word of letters, digits and -",
          "[A-Za-z][A-Za-z0-9-]{0,31}");

  static final TextType HEADER =
      new TextType("the name of a header", "X-Auth-Token", CredentialTypes::header);

  static final TextType POINTER =
      new TextType(
          "a JSON pointer", "/access_token", text -> pointer(text).then(_ -> Parsed.valid(text)));

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

  /** Those that say where a request ends, to whom it goes, and what modgate says of itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-type",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "keep-alive",
          "proxy-authorization",
          "accept",
          "accept-encoding",
          "range",
          "user-agent",
          "traceparent",
          "set-cookie");

  private CredentialTypes() {}

  private static TextType text(String what, String example, String otherwise, String syntax) {
    Pattern pattern = Pattern.compile(syntax);
    return new TextType(
        what,
        example,
        text -> pattern.matcher(text).matches() ? Parsed.valid(text) : Parsed.invalid(otherwise));
  }

  private static Parsed<String> header(String text) {
    if (!TOKEN.matcher(text).matches()) {
      return Parsed.invalid("is not the name of a header");
    }
    return RESERVED.contains(text.toLowerCase(Locale.ROOT))
        ? Parsed.invalid("is a header that modgate or HTTP itself needs")
        : Parsed.valid(text);
  }

  /** Not of the whole document, and without what a URL has. */
  private static Parsed<JsonPointer> pointer(String text) {
    return text.isEmpty() || text.contains("@") || text.chars().anyMatch(c -> c < 0x20)
        ? Parsed.invalid("is not a JSON pointer to a part of a document")
        : JsonPointer.parse(text);
  }

  /** A file; a relative path would depend on where the process was started. */
  record FileType(String example) implements ValueType<Path> {

    @Override
    public Class<Path> javaType() {
      return Path.class;
    }

    @Override
    public String what() {
      return "a file, as /PATH or ~/PATH";
    }

    @Override
    public Parsed<Path> parse(String text) {
      if (!text.startsWith("/") && !text.startsWith("~/")) {
        return Parsed.invalid("is not a path that starts with / or ~/");
      }
      try {
        return Parsed.valid(Path.of(text));
      } catch (InvalidPathException notAPath) {
        return Parsed.invalid("is not a path");
      }
    }

    @Override
    public Path in(Path home, Path value) {
      return value.startsWith("~") ? home.resolve(Path.of("~").relativize(value)) : value;
    }
  }

  /** Where tokens are asked for; the slash at its end, if there is one, counts. */
  record SecureUrlType(String example) implements ValueType<URI> {

    @Override
    public Class<URI> javaType() {
      return URI.class;
    }

    @Override
    public String what() {
      return "an https:// URL, or http:// on loopback, without credentials";
    }

    @Override
    public Parsed<URI> parse(String text) {
      return MirrorUrl.parse(text)
          .then(url -> {
            if (!(url.credentials() instanceof Credentials.None)) {
              return Parsed.invalid("holds credentials, which are keys of their own");
            }
            return url.isConfidential()
                ? Parsed.valid(URI.create(text))
                : Parsed.invalid("is not https://, nor http:// to this machine");
          });
    }
  }
}
