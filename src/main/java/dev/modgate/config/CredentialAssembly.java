package dev.modgate.config;

import dev.modgate.secret.CertificateFiles;
import dev.modgate.secret.Credentials;
import dev.modgate.secret.Credentials.Body;
import dev.modgate.secret.Credentials.Header;
import dev.modgate.secret.Credentials.Place;
import dev.modgate.secret.Credentials.Use;
import dev.modgate.secret.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the credentials of each mirror of their keys, and checks that they fit together. */
final class CredentialAssembly {

  private static final List<String> KINDS = List.of("bearer", "basic", "netrc", "oauth2", "login");
  private static final Duration TTL = Duration.ofMinutes(15);

  private final Settings settings;
  private final SecretKeys secrets;
  private final Map<String, Credentials> assembled = new HashMap<>();

  /**
   * @param environment in which the variables are that keys name
   */
  CredentialAssembly(Settings settings, Map<String, String> environment) {
    this.settings = settings;
    this.secrets = new SecretKeys(settings, environment);
  }

  /** Those of a mirror that was assembled without a problem. */
  Credentials of(String mirror) {
    return assembled.getOrDefault(mirror, new Credentials.None());
  }

  Optional<CertificateFiles> certificate(String mirror) {
    Mirror of = new Mirror(mirror);
    return of.find(CredentialKeys.CERTIFICATE)
        .flatMap(file ->
            of.find(CredentialKeys.CERTIFICATE_KEY).map(key -> new CertificateFiles(file, key)));
  }

  /** Finds the problems of one mirror; for no problem, {@link #of} has the outcome. */
  void assemble(String name) {
    Mirror mirror = new Mirror(name);
    mirror.checkCertificate();
    List<String> kinds = KINDS.stream().filter(mirror::has).toList();
    Optional<MirrorUrl> url = mirror.find(Keys.MIRROR_URL);
    Credentials inUrl = url.map(MirrorUrl::credentials).orElse(new Credentials.None());
    if (kinds.isEmpty()) {
      assembled.put(name, inUrl);
      return;
    }
    if (!(inUrl instanceof Credentials.None)) {
      mirror.tooMany(kinds.getFirst(), "the user in the URL");
    } else if (kinds.size() > 1) {
      mirror.tooMany(kinds.get(1), kinds.getFirst());
    } else if (url.isPresent() && !url.get().isConfidential()) {
      mirror.problem(
          kinds.getFirst(),
          "would be read on the way: credentials go over https, or over http to this machine alone",
          "give the mirror an https:// URL");
    } else {
      mirror.credentials(kinds.getFirst()).ifPresent(made -> assembled.put(name, made));
    }
  }

  /** The keys of one mirror. */
  private final class Mirror {
    private final String name;

    Mirror(String name) {
      this.name = name;
    }

    private <T> Optional<T> find(Key<T> key) {
      return settings.find(key, key.pathFor(name));
    }

    private boolean isSet(Key<?> key) {
      return settings.isSet(key.pathFor(name));
    }

    private List<Key<?>> keysOf(String kind) {
      String place = "mirrors.NAME.credentials." + kind;
      List<Key<?>> set = new ArrayList<>();
      for (Key<?> key : CredentialKeys.ALL) {
        boolean below = key.path().equals(place) || key.path().startsWith(place + ".");
        if (below && isSet(key)) {
          set.add(key);
        }
      }
      return set;
    }

    private boolean has(String kind) {
      return !keysOf(kind).isEmpty();
    }

    private Optional<Credentials> credentials(String kind) {
      return switch (kind) {
        case "bearer" ->
            secret(kind, CredentialKeys.BEARER_FILE, CredentialKeys.BEARER_ENV)
                .map(Credentials.Bearer::new);
        case "basic" -> account(kind);
        case "netrc" -> find(CredentialKeys.NETRC).map(Credentials.NetrcFile::new);
        case "oauth2" -> grant(kind);
        default -> login(kind);
      };
    }

    private Optional<Credentials> account(String kind) {
      Optional<String> user = needed(kind, CredentialKeys.USER);
      Optional<SecretReference> password =
          secret(kind, CredentialKeys.PASSWORD_FILE, CredentialKeys.PASSWORD_ENV);
      return user.flatMap(who -> password.map(word -> new Credentials.Account(who, word)));
    }

    private Optional<Credentials> grant(String kind) {
      Optional<URI> endpoint = needed(kind, CredentialKeys.TOKEN_ENDPOINT);
      Optional<String> client = needed(kind, CredentialKeys.CLIENT_ID);
      Optional<SecretReference> secret =
          secret(kind, CredentialKeys.CLIENT_SECRET_FILE, CredentialKeys.CLIENT_SECRET_ENV);
      if (endpoint.isEmpty() || client.isEmpty() || secret.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Credentials.ClientGrant(
              endpoint.get(),
              client.get(),
              secret.get(),
              find(CredentialKeys.SCOPE),
              find(CredentialKeys.AUDIENCE)));
    }

    private Optional<Credentials> login(String kind) {
      int before = settings.problems().size();
      Optional<URI> endpoint = needed(kind, CredentialKeys.LOGIN_ENDPOINT);
      Optional<Place> place = place(kind);
      Optional<Header> header = loginHeader(kind);
      Optional<Body> body = loginBody(kind);
      String method = find(CredentialKeys.METHOD).orElse("POST");
      if (method.equals("GET") && body.isPresent()) {
        problem(kind, "has a body, which a GET has not", "leave out method, or body");
      }
      Optional<Use> use = place.flatMap(token -> use(kind, token));
      if (settings.problems().size() > before) {
        return Optional.empty();
      }
      return Optional.of(
          new Credentials.Login(
              endpoint.orElseThrow(),
              method,
              header,
              body,
              place.orElseThrow(),
              find(CredentialKeys.TOKEN_TTL).orElse(TTL),
              use.orElseThrow()));
    }

    private Optional<Place> place(String kind) {
      List<Place> places = new ArrayList<>();
      find(CredentialKeys.TOKEN_HEADER).map(Place.InHeader::new).ifPresent(places::add);
      find(CredentialKeys.TOKEN_COOKIE).map(Place.InCookie::new).ifPresent(places::add);
      find(CredentialKeys.TOKEN_JSON)
          .map(
              json -> new Place.InJson(json, find(CredentialKeys.TOKEN_LIFE).orElse("/expires_in")))
          .ifPresent(places::add);
      if (places.size() != 1) {
        problem(
            kind + ".token",
            places.isEmpty() ? "is missing: where is the token?" : "names two places of one token",
            "set one of header, cookie, json below token");
        return Optional.empty();
      }
      return Optional.of(places.getFirst());
    }

    private Optional<Header> loginHeader(String kind) {
      if (!has(kind + ".header")) {
        return Optional.empty();
      }
      Optional<String> named = needed(kind + ".header", CredentialKeys.HEADER_FIELD);
      Optional<SecretReference> value =
          secret(kind + ".header", CredentialKeys.HEADER_FILE, CredentialKeys.HEADER_ENV);
      return named.flatMap(header -> value.map(secret -> new Header(header, secret)));
    }

    private Optional<Body> loginBody(String kind) {
      if (!has(kind + ".body") && !isSet(CredentialKeys.CONTENT_TYPE)) {
        return Optional.empty();
      }
      String type = find(CredentialKeys.CONTENT_TYPE).orElse("application/json");
      return secret(kind + ".body", CredentialKeys.BODY_FILE, CredentialKeys.BODY_ENV)
          .map(text -> new Body(type, text));
    }

    private Optional<Use> use(String kind, Place token) {
      Optional<String> header = find(CredentialKeys.SEND_HEADER);
      Optional<String> cookie = find(CredentialKeys.SEND_COOKIE);
      Optional<String> scheme = find(CredentialKeys.SEND_SCHEME);
      if (cookie.isPresent() && (header.isPresent() || scheme.isPresent())) {
        problem(
            kind + ".send", "is a header and a cookie at once", "set header or cookie below send");
        return Optional.empty();
      }
      if (scheme.isPresent() && header.isEmpty()) {
        return Optional.of(new Use.AsHeader("Authorization", scheme.get()));
      }
      return Optional.of(
          cookie
              .<Use>map(Use.AsCookie::new)
              .or(() -> header.map(set -> new Use.AsHeader(set, scheme.orElse(""))))
              .orElseGet(() -> asItCame(token)));
    }

    private static Use asItCame(Place token) {
      return switch (token) {
        case Place.InHeader(String header) -> new Use.AsHeader(header, "");
        case Place.InCookie(String cookie) -> new Use.AsCookie(cookie);
        case Place.InJson _ -> new Use.AsHeader("Authorization", "Bearer");
      };
    }

    /** Of two keys that refer to one secret, the one that is set. */
    private Optional<SecretReference> secret(String kind, Key<Path> file, Key<String> env) {
      if (!isSet(file) && !isSet(env)) {
        missing(firstOrigin(kind), file, ", or the name of a variable as env");
      }
      return secrets.find(file, file.pathFor(name), env, env.pathFor(name));
    }

    private <T> Optional<T> needed(String kind, Key<T> key) {
      if (!isSet(key)) {
        missing(firstOrigin(kind), key, "");
      }
      return find(key);
    }

    private void missing(Origin origin, Key<?> key, String or) {
      String leaf = key.path().substring(key.path().lastIndexOf('.') + 1);
      String place = key.pathFor(name).substring(0, key.pathFor(name).lastIndexOf('.'));
      settings.problem(
          origin,
          key.pathFor(name),
          "is missing",
          "write \"%s: %s\" below %s%s".formatted(leaf, key.example(), place, or));
    }

    private void checkCertificate() {
      boolean file = isSet(CredentialKeys.CERTIFICATE);
      boolean key = isSet(CredentialKeys.CERTIFICATE_KEY);
      if (file && !key) {
        missing(origin(CredentialKeys.CERTIFICATE), CredentialKeys.CERTIFICATE_KEY, "");
      } else if (key && !file) {
        missing(origin(CredentialKeys.CERTIFICATE_KEY), CredentialKeys.CERTIFICATE, "");
      } else if (file
          && find(Keys.MIRROR_URL).filter(u -> u.url().getScheme().equals("http")).isPresent()) {
        problem(
            CredentialKeys.CERTIFICATE,
            "is for TLS, and the mirror is asked over http",
            "give the mirror an https:// URL");
      }
    }

    private void tooMany(String kind, String other) {
      problem(
          kind,
          "is set, and so is " + other + ": a mirror is shown one kind of credential",
          "leave one of them out");
    }

    private void problem(Key<?> key, String message, String fix) {
      settings.problem(origin(key), key.pathFor(name), message, fix);
    }

    private Origin origin(Key<?> key) {
      return settings.origin(key, key.pathFor(name));
    }

    private void problem(String place, String message, String fix) {
      settings.problem(
          firstOrigin(place), "mirrors." + name + ".credentials." + place, message, fix);
    }

    /** Of what is set at a place, or around it. */
    private Origin firstOrigin(String place) {
      List<Key<?>> set = keysOf(place);
      if (set.isEmpty() && place.contains(".")) {
        return firstOrigin(place.substring(0, place.lastIndexOf('.')));
      }
      return origin(set.getFirst());
    }
  }
}
