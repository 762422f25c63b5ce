package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.config.DirectCredential.GitCredentials;
import dev.modgate.config.DirectCredential.Netrc;
import dev.modgate.config.DirectCredential.SshKey;
import dev.modgate.config.GoProxy.Ask;
import dev.modgate.config.GoProxy.Off;
import dev.modgate.config.MirrorSettings.Breaker;
import dev.modgate.config.MirrorSettings.Health;
import dev.modgate.config.MirrorSettings.Lies;
import dev.modgate.config.MirrorSettings.Retry;
import dev.modgate.config.MirrorSettings.Timeouts;
import dev.modgate.secret.Credentials;
import dev.modgate.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationLoaderTest {

  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5));

  private static final MirrorSettings.Tls TLS =
      new MirrorSettings.Tls(List.of(), List.of(), List.of(), MirrorSettings.Tls.Revocation.OFF);
  private static final MirrorSettings.Identity IDENTITY = new MirrorSettings.Identity(Map.of(), "");
  private static final Breaker BREAKER =
      new Breaker(20, 50, Duration.ofSeconds(10), Duration.ofSeconds(15), 3);

  private static final Health HEALTH = new Health("", Duration.ofSeconds(5), 3, 2);

  private static final Retry RETRY = new Retry(2, 10);

  private static final Lies LIES = new Lies(3, Duration.ofHours(1), Duration.ofMinutes(15));

  private final Path directory;

  ConfigurationLoaderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void load_nothing_isTheDefaults() {
    Configuration expected =
        new Configuration(
            new Endpoint("127.0.0.1", 8080),
            new Endpoint("127.0.0.1", 8081),
            10_000,
            256 << 10,
            Loading.HOME.resolve(".cache/modgate"),
            new GoProxy(List.of(new Ask("public", false))),
            new Configuration.Fetching(
                Duration.ofMinutes(5), Order.ADAPTIVE, true, Duration.ofMillis(100)),
            List.of(mirror("public", PublicMirror.URL, new Credentials.None())),
            List.of("sum.golang.org"),
            Duration.ofSeconds(75),
            List.of(),
            List.of(),
            new Configuration.Store(Duration.ofMinutes(1), Duration.ofSeconds(10)),
            new Configuration.Audit(List.of()),
            new Configuration.Direct(
                "go", 2, Duration.ofMinutes(5), Optional.empty(), Optional.empty(), List.of()),
            Optional.empty(),
            new Configuration.Log(LogFormat.TEXT, LogLevel.WARNING),
            new Configuration.Telemetry(PrivateModules.SHOW, Optional.empty()));
    assertEquals(expected, new Loading(directory).configuration());
    assertEquals(expected, new Loading(directory).file("").configuration());
    assertTrue(
        new Loading(directory)
            .loaded().settings().stream()
                .allMatch(setting -> setting.origin() instanceof Origin.Default));
  }

  @Test
  void load_everyKey_isTheRecordTree() {
    String yaml =
        """
        listen: "[::1]:0"
        admin: localhost:9000
        data: ~
        goproxy: "corp|public,off"
        fetch-timeout: 1m
        order: listed
        hedge: {enabled: false, at-least: 10ms}
        mirrors:
          corp:
            url: https://alice:pw@mirror.corp.example/base/
            timeouts: {connect: 250ms, first-byte: 3s, idle: 4s, total: 1h}
            breaker:
              window: 5
              failure-rate: 100%
              slow-call: 2s
              open: 1m
              half-open-calls: 1
            health: {path: /healthz, interval: 1s, failures: 5, successes: 1}
            retry: {attempts: 1, budget: 0%}
            lies: {most: 1, window: 1m, out: 24h}
            concurrency: 4096
            trace-context: true
            private: true
          spare: {url: http://spare.corp.example:3000}
        sumdb:
          - sum.golang.org https://sum.corp.example
          - sum.corp.example+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8
        sumdb-timeout: 90s
        gonosumdb: corp.example/a, corp.example/b
        goprivate: [corp.example/*]
        store: {ttl: 0s, absent-ttl: 1m}
        audit: {trusted-peers: [10.0.0.0/8, "fd00::/8"]}
        direct:
          go: /opt/go/bin/go
          concurrency: 3
          timeout: 90s
          credentials:
            - corp.example/a netrc /etc/netrc
            - corp.example/* git-credentials /etc/git
            - "*.corp.example ssh-key /etc/id known-hosts /etc/hosts.known"
          git-config: /etc/gitconfig
          ca: /etc/ca.pem
        mirror-traffic:
          url: https://bob:pw@audit.corp.example/lines
          queue: 10
          timeout: 1s
          bodies: 64KiB
        log: {format: json, level: trace}
        connections: 500
        send-buffer: 1MiB
        """;
    MirrorSettings corp =
        new MirrorSettings(
            "corp",
            URI.create("https://mirror.corp.example/base"),
            new Credentials.Basic(Secret.of("alice:pw").orThrow()),
            new Timeouts(
                Duration.ofMillis(250),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofHours(1)),
            new Breaker(5, 100, Duration.ofSeconds(2), Duration.ofMinutes(1), 1),
            new Health("/healthz", Duration.ofSeconds(1), 5, 1),
            new Retry(1, 0),
            new Lies(1, Duration.ofMinutes(1), Duration.ofHours(24)),
            4096,
            true,
            true,
            Optional.empty(),
            TLS,
            IDENTITY);
    assertEquals(
        new Configuration(
            new Endpoint("::1", 0),
            new Endpoint("localhost", 9000),
            500,
            1 << 20,
            Loading.HOME,
            new GoProxy(List.of(new Ask("corp", true), new Ask("public", false), new Off())),
            new Configuration.Fetching(
                Duration.ofMinutes(1), Order.LISTED, false, Duration.ofMillis(10)),
            List.of(
                corp,
                mirror("spare", "http://spare.corp.example:3000", new Credentials.None()),
                mirror("public", PublicMirror.URL, new Credentials.None())),
            List.of(
                "sum.golang.org https://sum.corp.example",
                "sum.corp.example+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"),
            Duration.ofSeconds(90),
            List.of("corp.example/a", "corp.example/b"),
            List.of("corp.example/*"),
            new Configuration.Store(Duration.ZERO, Duration.ofMinutes(1)),
            new Configuration.Audit(
                List.of(Cidr.parse("10.0.0.0/8").orThrow(), Cidr.parse("fd00::/8").orThrow())),
            new Configuration.Direct(
                "/opt/go/bin/go",
                3,
                Duration.ofSeconds(90),
                Optional.of(Path.of("/etc/gitconfig")),
                Optional.of(Path.of("/etc/ca.pem")),
                List.of(
                    new DirectCredential("corp.example/a", new Netrc(Path.of("/etc/netrc"))),
                    new DirectCredential("corp.example/*", new GitCredentials(Path.of("/etc/git"))),
                    new DirectCredential(
                        "*.corp.example",
                        new SshKey(Path.of("/etc/id"), Path.of("/etc/hosts.known"))))),
            Optional.of(
                new Configuration.Traffic(
                    URI.create("https://audit.corp.example/lines"),
                    Optional.of(Secret.of("bob:pw").orThrow()),
                    Optional.empty(),
                    10,
                    Duration.ofSeconds(1),
                    64 << 10)),
            new Configuration.Log(LogFormat.JSON, LogLevel.TRACE),
            new Configuration.Telemetry(PrivateModules.SHOW, Optional.empty())),
        new Loading(directory).file(yaml).configuration());
  }

  @Test
  void load_oneKeyFromEverySource_theNearestToTheCommandWins() {
    Loading loading = new Loading(directory);
    assertEquals("127.0.0.1:8080 (default)", loading.shown("listen"));
    loading.file("# first\nlisten: 127.0.0.1:1\n");
    assertEquals("127.0.0.1:1 (modgate.yaml:2)", loading.shown("listen"));
    loading.env("MODGATE_LISTEN", "127.0.0.1:2");
    assertEquals("127.0.0.1:2 (env MODGATE_LISTEN)", loading.shown("listen"));
    loading.flag("listen", "127.0.0.1:3");
    assertEquals("127.0.0.1:3 (flag --listen)", loading.shown("listen"));
    assertEquals(new Endpoint("127.0.0.1", 3), loading.configuration().listen());
  }

  @Test
  void load_aValueThatIsOverridden_isCheckedAllTheSame() {
    Loading loading =
        new Loading(directory).file("listen: 1\n").env("MODGATE_LISTEN", "127.0.0.1:2");
    assertEquals(loading.at(1), loading.problem().where());
  }

  @Test
  void load_everyVariable_setsItsKey() {
    Loading loading =
        new Loading(directory)
            .env("MODGATE_GOPROXY", "my-corp|public")
            .env("MODGATE_MIRRORS_MY_CORP_URL", "https://mirror.corp.example")
            .env("MODGATE_MIRRORS_MY_CORP_TIMEOUTS_FIRST_BYTE", "3s")
            .env("MODGATE_MIRRORS_MY_CORP_BREAKER_FAILURE_RATE", "25%")
            .env("MODGATE_MIRRORS_MY_CORP_BREAKER_HALF_OPEN_CALLS", "7")
            .env("MODGATE_MIRRORS_MY_CORP_TRACE_CONTEXT", "true")
            .env("MODGATE_MIRRORS_MY_CORP_PRIVATE", "true")
            .env("MODGATE_SUMDB_TIMEOUT", "2m")
            .env("MODGATE_GOPRIVATE", "a.example, b.example/*")
            .env("MODGATE_GONOSUMDB", "")
            .env("MODGATE_STORE_ABSENT_TTL", "0s")
            .env("MODGATE_AUDIT_TRUSTED_PEERS", "10.0.0.0/8,::1/128")
            .env("PATH", "/bin");
    Configuration configuration = loading.configuration();
    MirrorSettings mirror = configuration.mirror("my-corp");
    assertEquals(URI.create("https://mirror.corp.example"), mirror.url());
    assertEquals(Duration.ofSeconds(3), mirror.timeouts().firstByte());
    assertEquals(25, mirror.breaker().failureRate());
    assertEquals(7, mirror.breaker().halfOpenCalls());
    assertTrue(mirror.traceContext() && mirror.isPrivate());
    assertEquals(Duration.ofMinutes(2), configuration.sumdbTimeout());
    assertEquals(List.of("a.example", "b.example/*"), configuration.goprivate());
    assertEquals(List.of(), configuration.gonosumdb());
    assertEquals(Duration.ZERO, configuration.store().absentTtl());
    assertEquals(2, configuration.audit().trustedPeers().size());
    assertEquals(
        "25% (env MODGATE_MIRRORS_MY_CORP_BREAKER_FAILURE_RATE)",
        loading.shown("mirrors.my-corp.breaker.failure-rate"));
  }

  @Test
  void load_aMirrorFromFileAndEnvironment_isOne() {
    Configuration configuration =
        new Loading(directory)
            .file("goproxy: corp\nmirrors: {corp: {concurrency: 8}}\n")
            .env("MODGATE_MIRRORS_CORP_URL", "https://u:p@mirror.corp.example")
            .configuration();
    assertEquals(List.of("corp"), configuration.mirrors().stream().map(m -> m.name()).toList());
    assertEquals(8, configuration.mirror("corp").concurrency());
  }

  @Test
  void load_modgateConfig_namesTheFile() throws IOException {
    Path file = Files.writeString(directory.resolve("other.yaml"), "store: {ttl: 5m}\n");
    Loading loading = new Loading(directory).env("MODGATE_CONFIG", file.toString());
    assertEquals("5m (" + file + ":1)", loading.shown("store.ttl"));
    loading.file("store: {ttl: 6m}\n");
    assertEquals("6m (modgate.yaml:1)", loading.shown("store.ttl"));
  }

  @Test
  void load_aFileThatCannotBeRead_isAProblem() {
    Path missing = directory.resolve("missing.yaml");
    String fix = "name a readable file with --config or MODGATE_CONFIG";
    assertEquals(
        new Problem(missing.toString(), "config", "the file does not exist", fix),
        refusal(missing));
    assertEquals(
        new Problem(directory.toString(), "config", "it is a directory", fix), refusal(directory));
    assertEquals(
        new Problem(missing.toString(), "config", "the file does not exist", fix),
        new Loading(directory).env("MODGATE_CONFIG", missing.toString()).problem());
    assertEquals(
        "env MODGATE_CONFIG: config: is empty; set MODGATE_CONFIG=modgate.yaml, for example",
        new Loading(directory).env("MODGATE_CONFIG", "").problem().toString());
  }

  @Test
  void load_aFileThatIsTooLarge_isAProblem() {
    Problem problem = new Loading(directory).file("#".repeat((1 << 20) + 1)).problem();
    assertTrue(problem.message().contains("larger than 1048576 bytes"), problem.toString());
  }

  @Test
  void load_aMalformedFile_namesTheLine() {
    Loading loading = new Loading(directory).file("listen: 127.0.0.1:1\nadmin: [::1]:0\n");
    assertEquals(loading.at(2), loading.problem().where());
    assertTrue(loading.problem().message().startsWith("line 2, column "));
    loading.file("- a\n");
    assertEquals("expected a mapping of keys, found a list", loading.problem().message());
    loading.file("listen: 127.0.0.1:1\nlisten: 127.0.0.1:2\n");
    assertEquals("line 2: the key \"listen\" occurs twice", loading.problem().message());
  }

  @Test
  void load_severalProblems_areAllReported() {
    Loading loading =
        new Loading(directory)
            .file("listen: 1\nmirrors:\n  corp:\n    concurrency: 0\npolicy: {a: b}\n")
            .env("MODGATE_ADMIN", "x")
            .env("MODGATE_NONSENSE", "x")
            .flag("data", "");
    assertEquals(
        List.of(
            loading.at(1) + " listen",
            loading.at(4) + " mirrors.corp.concurrency",
            loading.at(5) + " policy",
            "env MODGATE_ADMIN admin",
            "env MODGATE_NONSENSE ",
            "flag --data data",
            loading.at(3) + " mirrors.corp.url"),
        loading.problems().stream().map(p -> p.where() + " " + p.key()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lisen: x;lisen;write listen",
        "'store: {tl: 1s}';store.tl;write ttl",
        "'mirrors: {corp: {url: https://h, timeout: {}}}';mirrors.corp.timeout;write timeouts",
        "'mirrors: {corp: {url: https://h, timeouts: {frist-byte: 1s}}}';"
            + "mirrors.corp.timeouts.frist-byte;write first-byte",
        "'mirrors: {corp: {url: https://h, unheard-of: 2}}';mirrors.corp.unheard-of;KEYS OF A MIRROR",
        "'policy: {a: b}';policy;KEYS",
        "'? \"\"\n: x';'';KEYS",
        "'store: {ttl.x: 1}';store.ttl.x;'the keys known here are: ttl, absent-ttl'",
        "'Listen: 127.0.0.1:1';Listen;write listen",
        "store.ttl: 1s;store.ttl;KEYS",
        "mirrors.NAME.url: https://h;mirrors.NAME.url;KEYS"
      })
  void load_anUnknownKey_suggestsTheNearest(String yaml, String key, String fix) {
    Problem problem = new Loading(directory).file(yaml).problem();
    assertEquals(key, problem.key());
    assertTrue(problem.message().endsWith("an unknown key"), problem.message());
    String known =
        switch (fix) {
          case "KEYS" -> known("");
          case "KEYS OF A MIRROR" -> known("mirrors.NAME");
          default -> fix;
        };
    assertEquals(known, problem.fix());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MODGATE_LISTN;set MODGATE_LISTEN",
        "MODGATE_STORE_TLL;set MODGATE_STORE_TTL",
        "MODGATE_MIRRORS_CORP_ULR;set MODGATE_MIRRORS_CORP_URL",
        "MODGATE_MIRRORS_A_B_TIMEOUT_IDLE;set MODGATE_MIRRORS_A_B_TIMEOUTS_IDLE",
        "MODGATE_MIRRORS_URL;unset it; the variables known are: MODGATE_LISTEN, MODGATE_ADMIN,",
        "MODGATE_MIRRORS_corp_URL;set MODGATE_MIRRORS_CORP_URL",
        "MODGATE_listen;set MODGATE_LISTEN",
        "MODGATE_;unset it; the variables known are: ",
        "MODGATE_LAUNCHER;unset it; the variables known are: ",
        "MODGATE_MIRRORS_NAME;unset it"
      })
  void load_anUnknownVariable_suggestsTheNearest(String line) {
    String variable = line.substring(0, line.indexOf(';'));
    Problem problem = new Loading(directory).env(variable, "x").problem();
    assertEquals("env " + variable, problem.where());
    assertTrue(problem.fix().startsWith(line.substring(line.indexOf(';') + 1)), problem.fix());
  }

  @Test
  void load_theLaunchersVariables_areNotLookedAt() {
    new Loading(directory).env("MODGATE_LAUNCHER_DEBUG", "1").env("modgate_listen", "x").loaded();
  }

  @ParameterizedTest
  @CsvSource({
    "MODGATE_MIRRORS_DIRECT_URL, is a word that GOPROXY reserves",
    "MODGATE_MIRRORS_9_URL, is not the name of a mirror"
  })
  void load_aVariableOfAMirrorThatMayNotBe_isAProblem(String variable, String reason) {
    Problem problem = new Loading(directory).env(variable, "https://h").problem();
    assertEquals("names a mirror that " + reason, problem.message());
  }

  @ParameterizedTest
  @CsvSource({
    "off, mirrors.off, has a key that is a word that GOPROXY reserves",
    "Corp, mirrors.Corp, has a key that is not the name of a mirror",
    "a_b, mirrors.a_b, has a key that is not the name of a mirror"
  })
  void load_aMirrorThatMayNotBe_isAProblem(String name, String key, String message) {
    Loading loading =
        new Loading(directory).file("mirrors:\n  %s: {url: https://h}\n".formatted(name));
    assertEquals(new Problem(loading.at(2), key, message, MirrorName.RULE), loading.problem());
  }

  @Test
  void load_aMirrorWithoutUrl_isAProblem() {
    Loading loading = new Loading(directory).file("mirrors:\n  corp:\n");
    assertEquals(
        new Problem(
            loading.at(2),
            "mirrors.corp.url",
            "is missing: a mirror needs a URL",
            "write \"url: https://mirror.corp.example/base\" below mirrors.corp, or set"
                + " MODGATE_MIRRORS_CORP_URL"),
        loading.problem());
  }

  @Test
  void load_aMirrorThatIsNotDefined_isAProblem() {
    Loading loading =
        new Loading(directory)
            .file("goproxy: crop|public\nmirrors: {corp: {url: https://h}, b: {url: https://h}}\n");
    assertEquals(
        new Problem(loading.at(1), "goproxy", "names a mirror that is not defined", "write corp"),
        loading.problem());
    assertEquals(
        "define it under mirrors; the names known are: public",
        new Loading(directory).flag("goproxy", "elsewhere").problem().fix());
  }

  @Test
  void load_direct_endsTheListAndIsNoMirror() {
    Configuration configuration =
        new Loading(directory).env("MODGATE_GOPROXY", "public,direct,nowhere").configuration();
    assertEquals(
        new GoProxy(List.of(new Ask("public", false), new GoProxy.Direct())),
        configuration.goproxy());
    assertTrue(configuration.goproxy().asksOrigins());
    assertFalse(new Loading(directory).configuration().goproxy().asksOrigins());
  }

  /** The log is asked with the deadlines of a mirror. */
  @ParameterizedTest
  @ValueSource(strings = {"direct", "off"})
  void load_noMirrorInGoproxy_stillKnowsThePublicOne(String goproxy) {
    assertEquals(
        List.of(mirror("public", PublicMirror.URL, new Credentials.None())),
        new Loading(directory).file("goproxy: " + goproxy + "\n").configuration().mirrors());
  }

  @Test
  void load_urlsInGoproxy_becomeMirrorsNamedByTheirHost() {
    Loading loading =
        new Loading(directory)
            .file(
                """
                goproxy: "https://u:p@a.example/x|a.example/y,a.example/y,http://b:3000"
                mirrors: {c: {url: https://h}}
                """);
    Configuration configuration = loading.configuration();
    assertEquals("a.example|a.example#2,a.example#2,b:3000", configuration.goproxy().toString());
    assertEquals(
        List.of("c", "a.example", "a.example#2", "b:3000"),
        configuration.mirrors().stream().map(MirrorSettings::name).toList());
    assertEquals(
        mirror(
            "a.example", "https://a.example/x", new Credentials.Basic(Secret.of("u:p").orThrow())),
        configuration.mirror("a.example"));
    assertEquals(URI.create("https://a.example/y"), configuration.mirror("a.example#2").url());
    assertEquals(
        "https://[REDACTED]@a.example/x (modgate.yaml:1)", loading.shown("mirrors.a.example.url"));
  }

  @Test
  void load_publicRedefined_isTheOperators() {
    Loading loading =
        new Loading(directory).file("mirrors:\n  public:\n    url: https://mirror.corp.example\n");
    assertEquals(
        List.of(mirror("public", "https://mirror.corp.example", new Credentials.None())),
        loading.configuration().mirrors());
    loading.file("mirrors: {public: {concurrency: 3}}");
    assertEquals(3, loading.configuration().mirror("public").concurrency());
    assertEquals(URI.create(PublicMirror.URL), loading.configuration().mirror("public").url());
  }

  @Test
  void load_publicThatNobodyAsks_isNotThere() {
    Configuration configuration =
        new Loading(directory)
            .file("goproxy: corp\nmirrors: {corp: {url: https://h}}")
            .configuration();
    assertThrows(IllegalArgumentException.class, () -> configuration.mirror("public"));
    assertEquals(
        new GoProxy(List.of(new Off())),
        new Loading(directory).env("MODGATE_GOPROXY", "off").configuration().goproxy());
  }

  @Test
  void load_oneAddressForBothListeners_isAProblem() {
    Problem problem = new Loading(directory).flag("admin", "127.0.0.1:8080").problem();
    assertEquals(
        "flag --admin: admin: is the same as listen; choose another port", problem.toString());
    new Loading(directory).flag("admin", "127.0.0.1:0").flag("listen", "127.0.0.1:0").loaded();
  }

  @Test
  void load_anUnknownFlag_isAProblem() {
    assertEquals(
        "flag --x: is an unknown flag; leave it out",
        new Loading(directory).flag("x", "y").problem().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "~, /home/alice",
    "~/a/b, /home/alice/a/b",
    "/var/lib/modgate, /var/lib/modgate",
    "relative/dir, relative/dir",
    "a/~/b, a/~/b"
  })
  void load_data_expandsTheHomeDirectoryAlone(String text, String path) {
    Loading loading = new Loading(directory).flag("data", text);
    assertEquals(Path.of(path), loading.configuration().data());
    assertEquals(path + " (flag --data)", loading.shown("data"));
  }

  @Test
  void settings_areInTheOrderOfTheKeys() {
    List<String> keys =
        new Loading(directory)
                .file("mirrors: {b: {url: https://h}, a: {url: https://h}}")
                .loaded()
                .settings()
                .stream()
                .map(Setting::key)
                .toList();
    int ofMirrors = printed(Keys.ofMirrors());
    assertEquals(printed(Keys.all()) + 2 * ofMirrors, keys.size());
    int first = Keys.all().indexOf(Keys.MIRROR_URL);
    assertEquals(List.of("listen", "admin", "connections", "send-buffer"), keys.subList(0, 4));
    assertEquals("mirrors.b.url", keys.get(first));
    assertEquals("mirrors.a.url", keys.get(first + ofMirrors));
    assertEquals("mirrors.public.url", keys.get(first + 2 * ofMirrors));
    assertEquals("telemetry.private-modules", keys.getLast());
  }

  private static int printed(List<Key<?>> keys) {
    return (int) keys.stream().filter(key -> key.absence() != Key.Absence.NOTHING).count();
  }

  private static String known(String place) {
    return "the keys known here are: " + String.join(", ", Places.names(place));
  }

  private Problem refusal(Path file) {
    LoadRequest request = new LoadRequest(Optional.of(file), Map.of(), Map.of(), Loading.HOME);
    return switch (ConfigurationLoader.load(request)) {
      case LoadResult.Refused(List<Problem> problems) -> problems.getFirst();
      case LoadResult.Loaded loaded -> throw new AssertionError(loaded.settings());
    };
  }

  private static MirrorSettings mirror(String name, String url, Credentials credentials) {
    return new MirrorSettings(
        name,
        URI.create(url),
        credentials,
        TIMEOUTS,
        BREAKER,
        HEALTH,
        RETRY,
        LIES,
        64,
        false,
        false,
        Optional.empty(),
        TLS,
        IDENTITY);
  }
}
