package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.secret.CertificateFiles;
import dev.modgate.secret.Credentials;
import dev.modgate.secret.Credentials.Place;
import dev.modgate.secret.Credentials.Use;
import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretReference.Held;
import dev.modgate.secret.SecretReference.InFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of credential out of its keys, and what keys do not go together. */
final class CredentialsTest {

  private static final InFile FILE = new InFile(Path.of("/run/secrets/s"));

  private final Path directory;

  CredentialsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void load_bearer_isAReference() {
    assertEquals(new Credentials.Bearer(FILE), credentials("bearer: {file: /run/secrets/s}"));
    assertEquals(
        new Credentials.Bearer(new InFile(Loading.HOME.resolve("s"))),
        credentials("bearer: {file: ~/s}"));
    assertEquals(
        new Credentials.Bearer(new Held(Secret.of("open sesame").orThrow())),
        corp("bearer: {env: CORP_TOKEN}")
            .env("CORP_TOKEN", "open sesame")
            .configuration()
            .mirror("corp")
            .credentials());
  }

  @Test
  void load_basicAndNetrc_areReferences() {
    assertEquals(
        new Credentials.Account("ci@corp.example", FILE),
        credentials("basic: {user: ci@corp.example, password: {file: /run/secrets/s}}"));
    assertEquals(
        new Credentials.NetrcFile(Loading.HOME.resolve(".netrc")), credentials("netrc: ~/.netrc"));
  }

  @Test
  void load_oauth2_isAGrant() {
    assertEquals(
        new Credentials.ClientGrant(
            URI.create("https://login.example/token/"),
            "modgate",
            FILE,
            Optional.of("a b"),
            Optional.of("https://mirror.example/")),
        credentials(
            "oauth2: {token-endpoint: https://login.example/token/, client-id: modgate, secret:"
                + " {file: /run/secrets/s}, scope: a b, audience: \"https://mirror.example/\"}"));
  }

  @Test
  void load_login_hasDefaultsForWhatIsLeftOut() {
    assertEquals(
        new Credentials.Login(
            URI.create("http://127.0.0.1:1/login"),
            "POST",
            Optional.empty(),
            Optional.of(new Credentials.Body("application/json", FILE)),
            new Place.InJson("/access_token", "/expires_in"),
            Duration.ofMinutes(15),
            new Use.AsHeader("Authorization", "Bearer")),
        login("body: {file: /run/secrets/s}, token: {json: /access_token}"));
    assertEquals(
        new Credentials.Login(
            URI.create("http://127.0.0.1:1/login"),
            "GET",
            Optional.of(new Credentials.Header("Authorization", FILE)),
            Optional.empty(),
            new Place.InHeader("X-Auth-Token"),
            Duration.ofMinutes(5),
            new Use.AsHeader("X-Auth-Token", "")),
        login(
            "method: GET, header: {field: Authorization, file: /run/secrets/s}, token: {header:"
                + " X-Auth-Token, ttl: 5m}"));
  }

  @Test
  void load_login_sendsAsItIsTold() {
    assertEquals(new Use.AsCookie("sid"), use("token: {cookie: sid}"));
    assertEquals(
        new Use.AsHeader("X-Token", ""), use("token: {cookie: sid}, send: {header: X-Token}"));
    assertEquals(
        new Use.AsHeader("Authorization", "Token"),
        use("token: {cookie: sid}, send: {scheme: Token}"));
    assertEquals(
        new Use.AsHeader("X-Token", "Token"),
        use("token: {json: /a/b}, send: {header: X-Token, scheme: Token}"));
    assertEquals(new Use.AsCookie("other"), use("token: {header: X-Token}, send: {cookie: other}"));
  }

  @Test
  void load_certificate_isTwoFiles() {
    String yaml = "mirrors: {corp: {url: https://h, tls: {certificate: /c.pem, key: /k.pem}}}";
    assertEquals(
        Optional.of(new CertificateFiles(Path.of("/c.pem"), Path.of("/k.pem"))),
        new Loading(directory).file(yaml).configuration().mirror("corp").certificate());
  }

  @Test
  void load_twoKinds_isRefusedAtTheSecond() {
    Problem problem = corp("bearer: {file: /s}", "netrc: /n").problem();
    assertEquals("mirrors.corp.credentials.netrc", problem.key());
    assertEquals(
        "is set, and so is bearer: a mirror is shown one kind of credential", problem.message());
    assertEquals("leave one of them out", problem.fix());
    assertTrue(problem.where().endsWith(":6"), problem.where());
  }

  @Test
  void load_besideTheUserOfTheUrl_isRefused() {
    String yaml = "mirrors: {corp: {url: \"https://u:p@h\", credentials: {netrc: /n}}}";
    assertEquals(
        "is set, and so is the user in the URL: a mirror is shown one kind of credential",
        new Loading(directory).file(yaml).problem().message());
  }

  @Test
  void load_overHttp_isRefusedButOnLoopback() {
    String yaml = "mirrors: {corp: {url: \"http://%s\", credentials: {netrc: /n}}}";
    Problem problem = new Loading(directory).file(yaml.formatted("h.example")).problem();
    assertTrue(problem.message().startsWith("would be read on the way"), problem.message());
    for (String host : List.of("127.0.0.1:1", "[::1]:1", "localhost")) {
      new Loading(directory).file(yaml.formatted(host)).loaded();
    }
    String certified = "mirrors: {corp: {url: http://127.0.0.1, tls: {certificate: /c, key: /k}}}";
    assertEquals(
        "is for TLS, and the mirror is asked over http",
        new Loading(directory).file(certified).problem().message());
  }

  @Test
  void load_half_namesWhatIsMissing() {
    assertMissing("basic.password.file", "basic: {user: u}");
    assertMissing("basic.user", "basic: {password: {file: /s}}");
    assertMissing("oauth2.client-id", "oauth2: {token-endpoint: https://h, secret: {file: /s}}");
    assertMissing("oauth2.secret.file", "oauth2: {token-endpoint: https://h, client-id: c}");
    assertMissing("login.endpoint", "login: {token: {json: /t}}");
    assertMissing("login.header.field", loginOf("header: {file: /s}, token: {json: /t}"));
    assertMissing("login.header.file", loginOf("header: {field: X-Key}, token: {json: /t}"));
    assertMissing("login.body.file", loginOf("content-type: text/plain, token: {json: /t}"));
    String yaml = "mirrors: {corp: {url: https://h, tls: {certificate: /c}}}";
    assertEquals(
        "mirrors.corp.tls.key: is missing", brief(new Loading(directory).file(yaml).problem()));
    String other = "mirrors: {corp: {url: https://h, tls: {key: /c}}}";
    assertEquals(
        "mirrors.corp.tls.certificate: is missing",
        brief(new Loading(directory).file(other).problem()));
  }

  @Test
  void load_contradictions_areRefused() {
    assertProblem(
        "bearer.env: refers to a secret to which file refers too",
        "bearer: {file: /s, env: CORP_TOKEN}");
    assertProblem("bearer.env: names a variable that is not set", "bearer: {env: CORP_UNSET}");
    assertProblem("login.token: is missing: where is the token?", loginOf("method: POST"));
    assertProblem(
        "login.token: names two places of one token",
        loginOf("token: {header: X-Token, json: /t}"));
    assertProblem(
        "login: has a body, which a GET has not",
        loginOf("method: GET, body: {file: /s}, token: {json: /t}"));
    assertProblem(
        "login.send: is a header and a cookie at once",
        loginOf("token: {json: /t}, send: {header: X-Token, cookie: c}"));
  }

  @Test
  void load_headersThatHttpNeeds_areRefused() {
    for (String name : List.of("Host", "content-length", "Transfer-Encoding", "X Y", "\"X:\"")) {
      Problem problem = corp(loginOf("token: {header: X}, send: {header: " + name + "}")).problem();
      assertEquals("mirrors.corp.credentials.login.send.header", problem.key());
    }
  }

  /** A token in the place of its reference, and one with a line feed: neither is repeated. */
  @Test
  void load_aSecretInTheWrongPlace_isNotPrinted() {
    String canary = "canary7f3a";
    for (String wrong :
        List.of(
            "bearer: canary7f3a",
            "bearer: {file: canary7f3a}",
            "bearer: {env: canary7f3a}",
            "bearer: {token: canary7f3a}",
            "basic: {user: u, password: canary7f3a}",
            "netrc: canary7f3a",
            loginOf("body: canary7f3a, token: {json: /t}"),
            loginOf("token: {json: canary7f3a}"))) {
      String prints = corp(wrong).problems().toString();
      assertFalse(prints.contains(canary), prints);
    }
    Loading loading = corp("bearer: {env: CORP_TOKEN}").env("CORP_TOKEN", canary + "\n");
    assertEquals(
        "names a variable that can't be used: a secret holds a line feed at character 11 of 11",
        loading.problem().message());
    Loading good = corp("bearer: {env: CORP_TOKEN}").env("CORP_TOKEN", canary);
    assertFalse(good.loaded().toString().contains(canary), good.loaded().toString());
    assertEquals("CORP_TOKEN (modgate.yaml:5)", good.shown("mirrors.corp.credentials.bearer.env"));
  }

  @Test
  void load_withoutCredentials_printsNoneOfTheirKeys() {
    assertFalse(
        new Loading(directory)
            .loaded().settings().stream()
                .anyMatch(setting ->
                    setting.key().startsWith("mirrors.") && setting.key().contains("credentials")));
  }

  private void assertMissing(String key, String credentials) {
    assertProblem(key + ": is missing", credentials);
  }

  private void assertProblem(String problem, String credentials) {
    Loading loading = corp(credentials).env("CORP_TOKEN", "x");
    assertEquals("mirrors.corp.credentials." + problem, brief(loading.problem()));
  }

  private static String brief(Problem problem) {
    assertFalse(problem.fix().isEmpty());
    return problem.key() + ": " + problem.message();
  }

  private Credentials credentials(String yaml) {
    return corp(yaml).configuration().mirror("corp").credentials();
  }

  private Credentials login(String rest) {
    return credentials(loginOf(rest));
  }

  private static String loginOf(String rest) {
    return "login: {endpoint: \"http://127.0.0.1:1/login\", " + rest + "}";
  }

  private Use use(String rest) {
    return login(rest) instanceof Credentials.Login login ? login.use() : new Use.AsCookie("none");
  }

  /** The first line of credentials is the fifth of the file. */
  private Loading corp(String... credentials) {
    String yaml =
        """
        mirrors:
          corp:
            url: https://mirror.corp.example
            credentials:
              %s
        """
            .formatted(String.join("\n      ", credentials));
    return new Loading(directory).file(yaml);
  }
}
