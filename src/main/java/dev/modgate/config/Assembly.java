package dev.modgate.config;

import dev.modgate.config.GoProxyText.Direct;
import dev.modgate.config.GoProxyText.Named;
import dev.modgate.config.MirrorSettings.Breaker;
import dev.modgate.config.MirrorSettings.Health;
import dev.modgate.config.MirrorSettings.Identity;
import dev.modgate.config.MirrorSettings.Lies;
import dev.modgate.config.MirrorSettings.Retry;
import dev.modgate.config.MirrorSettings.Timeouts;
import dev.modgate.config.MirrorSettings.Tls;
import dev.modgate.secret.SecretReference;
import dev.modgate.verify.Parsed;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the record tree of the settings, and checks what concerns several keys. */
final class Assembly {

  private final Settings settings;
  private final CredentialAssembly credentials;
  private final TrafficAssembly traffic;
  private final SecretKeys secrets;
  private Optional<SecretReference> moduleKey = Optional.empty();
  private final Map<MirrorUrl, String> direct = new HashMap<>();
  private final Map<String, List<X509Certificate>> authorities = new HashMap<>();

  /**
   * @param environment in which variables that keys name are looked up
   */
  Assembly(Settings settings, Map<String, String> environment) {
    this.settings = settings;
    this.credentials = new CredentialAssembly(settings, environment);
    this.traffic = new TrafficAssembly(settings, environment);
    this.secrets = new SecretKeys(settings, environment);
  }

  LoadResult result() {
    GoProxy goproxy = goproxy();
    settings.mirrors().forEach(this::checkUrl);
    settings.mirrors().keySet().forEach(credentials::assemble);
    settings.mirrors().keySet().forEach(this::checkTls);
    checkListeners();
    traffic.assemble();
    moduleKey = findModuleKey();
    if (!settings.problems().isEmpty()) {
      return new LoadResult.Refused(settings.problems());
    }
    return new LoadResult.Loaded(configuration(goproxy), described(goproxy));
  }

  private GoProxy goproxy() {
    List<GoProxy.Step> steps = new ArrayList<>();
    for (GoProxyText.Entry entry : value(Keys.GOPROXY).entries()) {
      steps.add(
          switch (entry.target()) {
            case Named(String mirror) -> new GoProxy.Ask(named(mirror), entry.afterAnyError());
            case Direct(MirrorUrl url) -> new GoProxy.Ask(direct(url), entry.afterAnyError());
            case GoProxyText.Off _ -> new GoProxy.Off();
            case GoProxyText.Origins _ -> new GoProxy.Direct();
          });
    }
    if (settings.mirrors().isEmpty()) {
      // The log is asked with the deadlines of the first mirror, and there is always one.
      settings.define(PublicMirror.NAME, new Origin.Default());
    }
    return new GoProxy(steps);
  }

  /** The name may be a piece of a malformed URL: a problem does not repeat it. */
  private String named(String mirror) {
    if (mirror.equals(PublicMirror.NAME)) {
      settings.define(mirror, new Origin.Default());
    }
    if (!settings.mirrors().containsKey(mirror)) {
      List<String> known = new ArrayList<>(settings.mirrors().keySet());
      known.removeAll(direct.values());
      if (!known.contains(PublicMirror.NAME)) {
        known.add(PublicMirror.NAME);
      }
      String fix =
          Nearest.to(mirror, known)
              .map(name -> "write " + name)
              .orElse("define it under mirrors; the names known are: " + String.join(", ", known));
      settings.problem(
          origin(Keys.GOPROXY), Keys.GOPROXY.path(), "names a mirror that is not defined", fix);
    }
    return mirror;
  }

  /** Named by its host and port; a second one of the same host and port by a number as well. */
  private String direct(MirrorUrl url) {
    String known = direct.get(url);
    if (known != null) {
      return known;
    }
    String name = url.authority();
    for (int i = 2; settings.mirrors().containsKey(name); i++) {
      name = url.authority() + "#" + i;
    }
    direct.put(url, name);
    settings.define(name, origin(Keys.GOPROXY));
    settings.hold(Keys.MIRROR_URL, Keys.MIRROR_URL.pathFor(name), url, origin(Keys.GOPROXY));
    return name;
  }

  private void checkUrl(String mirror, Origin origin) {
    String path = Keys.MIRROR_URL.pathFor(mirror);
    if (settings.isSet(path) || isRefused(path)) {
      return;
    }
    if (mirror.equals(PublicMirror.NAME)) {
      settings.offer(Keys.MIRROR_URL, path, PublicMirror.URL, new Origin.Default());
      return;
    }
    String fix =
        "write \"url: %s\" below mirrors.%s, or set MODGATE_%s"
            .formatted(Keys.MIRROR_URL.example(), mirror, Key.screaming(path));
    settings.problem(origin, path, "is missing: a mirror needs a URL", fix);
  }

  /** What a handshake has to show is set where there is one, and its file can be read. */
  private void checkTls(String mirror) {
    String url = Keys.MIRROR_URL.pathFor(mirror);
    boolean plain =
        settings.isSet(url) && of(mirror, Keys.MIRROR_URL).url().getScheme().equals("http");
    for (Key<?> key : TlsKeys.all()) {
      String path = key.pathFor(mirror);
      if (plain && TlsKeys.needsTls(key) && settings.isSet(path)) {
        settings.problem(
            settings.origin(key, path),
            path,
            "is about TLS, but the URL of the mirror is http://",
            "leave it out, or write https:// in " + url);
      }
    }
    of(mirror, TlsKeys.CA)
        .path()
        .ifPresent(file -> authorities.put(mirror, certificates(mirror, file)));
  }

  private List<X509Certificate> certificates(String mirror, Path file) {
    return switch (CertificateFile.read(file)) {
      case Parsed.Valid<List<X509Certificate>>(List<X509Certificate> certificates) -> certificates;
      case Parsed.Invalid<List<X509Certificate>>(String reason) -> {
        String path = TlsKeys.CA.pathFor(mirror);
        Origin origin = settings.origin(TlsKeys.CA, path);
        settings.problem(origin, path, reason, origin.advice(path, TlsKeys.CA.example()));
        yield List.of();
      }
    };
  }

  private boolean isRefused(String path) {
    return settings.problems().stream().anyMatch(problem -> problem.key().equals(path));
  }

  private void checkListeners() {
    Endpoint admin = value(Keys.ADMIN);
    if (admin.port() != 0 && admin.equals(value(Keys.LISTEN))) {
      settings.problem(
          origin(Keys.ADMIN), Keys.ADMIN.path(), "is the same as listen", "choose another port");
    }
  }

  private Configuration configuration(GoProxy goproxy) {
    return new Configuration(
        value(Keys.LISTEN),
        value(Keys.ADMIN),
        value(Keys.CONNECTIONS),
        value(Keys.SEND_BUFFER),
        value(Keys.DATA),
        goproxy,
        new Configuration.Fetching(
            value(Keys.FETCH_TIMEOUT),
            value(Keys.ORDER),
            value(Keys.HEDGE),
            value(Keys.HEDGE_AT_LEAST)),
        settings.mirrors().keySet().stream().map(this::mirror).toList(),
        value(Keys.SUMDB).items(),
        value(Keys.SUMDB_TIMEOUT),
        value(Keys.GONOSUMDB).items(),
        value(Keys.GOPRIVATE).items(),
        new Configuration.Store(value(Keys.TTL), value(Keys.ABSENT_TTL)),
        new Configuration.Audit(
            value(Keys.TRUSTED_PEERS).items().stream()
                .map(text -> Cidr.parse(text).orThrow())
                .toList()),
        direct(),
        traffic.traffic(),
        new Configuration.Log(value(LogKeys.FORMAT), value(LogKeys.LEVEL)),
        new Configuration.Telemetry(value(TelemetryKeys.PRIVATE_MODULES), moduleKey));
  }

  /** Without a key, whoever can guess a path could prove his guess. */
  private Optional<SecretReference> findModuleKey() {
    boolean set =
        settings.isSet(TelemetryKeys.KEY_FILE.path())
            || settings.isSet(TelemetryKeys.KEY_ENV.path());
    if (value(TelemetryKeys.PRIVATE_MODULES) == PrivateModules.HASH && !set) {
      settings.problem(
          origin(TelemetryKeys.PRIVATE_MODULES),
          TelemetryKeys.PRIVATE_MODULES.path(),
          "is hash, and there is no key for it",
          "set telemetry.private-modules-key.file or telemetry.private-modules-key.env");
    }
    return secrets.find(
        TelemetryKeys.KEY_FILE,
        TelemetryKeys.KEY_FILE.path(),
        TelemetryKeys.KEY_ENV,
        TelemetryKeys.KEY_ENV.path());
  }

  private Configuration.Direct direct() {
    return new Configuration.Direct(
        value(DirectKeys.GO),
        value(DirectKeys.CONCURRENCY),
        value(DirectKeys.TIMEOUT),
        value(DirectKeys.GIT_CONFIG).path(),
        value(DirectKeys.CA).path(),
        value(DirectKeys.CREDENTIALS).items().stream()
            .map(text -> DirectCredential.parse(text).orThrow())
            .toList());
  }

  private MirrorSettings mirror(String name) {
    MirrorUrl url = of(name, Keys.MIRROR_URL);
    return new MirrorSettings(
        name,
        url.url(),
        credentials.of(name),
        new Timeouts(
            of(name, Keys.CONNECT),
            of(name, Keys.FIRST_BYTE),
            of(name, Keys.IDLE),
            of(name, Keys.TOTAL)),
        new Breaker(
            of(name, Keys.WINDOW),
            of(name, Keys.FAILURE_RATE),
            of(name, Keys.SLOW_CALL),
            of(name, Keys.OPEN),
            of(name, Keys.HALF_OPEN_CALLS)),
        new Health(
            of(name, Keys.HEALTH_PATH),
            of(name, Keys.HEALTH_INTERVAL),
            of(name, Keys.HEALTH_FAILURES),
            of(name, Keys.HEALTH_SUCCESSES)),
        new Retry(of(name, Keys.RETRY_ATTEMPTS), of(name, Keys.RETRY_BUDGET)),
        new Lies(of(name, Keys.LIES_MOST), of(name, Keys.LIES_WINDOW), of(name, Keys.LIES_OUT)),
        of(name, Keys.CONCURRENCY),
        of(name, Keys.TRACE_CONTEXT),
        of(name, Keys.PRIVATE),
        credentials.certificate(name),
        new Tls(
            authorities.getOrDefault(name, List.of()),
            of(name, TlsKeys.PINS).items(),
            of(name, TlsKeys.SANS).items(),
            of(name, TlsKeys.REVOCATION)),
        new Identity(of(name, TlsKeys.HEADERS).byName(), of(name, TlsKeys.ISSUER)));
  }

  /** In the order of {@link Keys}; the mirrors, one after the other, where their keys stand. */
  private List<Setting> described(GoProxy goproxy) {
    List<Setting> described = new ArrayList<>();
    for (Key<?> key : Keys.all()) {
      if (key.equals(Keys.GOPROXY)) {
        described.add(new Setting(key.path(), goproxy.toString(), origin(key)));
      } else if (key.equals(Keys.MIRROR_URL)) {
        settings.mirrors().keySet().forEach(mirror -> describe(mirror, described));
      } else if (!key.isOfMirror()) {
        describe(key, key.path(), described);
      }
    }
    return described;
  }

  private void describe(String mirror, List<Setting> described) {
    Keys.ofMirrors().forEach(key -> describe(key, key.pathFor(mirror), described));
  }

  private void describe(Key<?> key, String path, List<Setting> described) {
    if (key.absence() != Key.Absence.NOTHING || settings.isSet(path)) {
      described.add(settings.setting(key, path));
    }
  }

  private <T> T value(Key<T> key) {
    return settings.value(key, key.path());
  }

  private <T> T of(String mirror, Key<T> key) {
    return settings.value(key, key.pathFor(mirror));
  }

  private Origin origin(Key<?> key) {
    return settings.origin(key, key.path());
  }
}
