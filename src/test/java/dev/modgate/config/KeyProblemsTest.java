package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.config.ScalarTypes.DurationType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For every key what may be wrong with its value, and that the problem says where and what to do.
 */
final class KeyProblemsTest {

  private final Path directory;

  KeyProblemsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /**
   * A value that is refused.
   *
   * @param yaml as the file has it
   * @param message what the problem's begins with
   */
  record Mistake(String key, String yaml, String message) {}

  @ParameterizedTest
  @MethodSource("mistakes")
  void load_aMistakeInTheFile_namesKeyLineAndFix(Mistake mistake) {
    Loading loading = new Loading(directory).file(file(mistake));
    Problem problem = loading.problem();
    String path = mistake.key().replace("NAME", "corp");
    int line = path.split("\\.", -1).length;
    assertEquals(loading.at(line), problem.where());
    assertEquals(path, problem.key());
    assertTrue(problem.message().startsWith(mistake.message()), problem.message());
    String leaf = path.substring(path.lastIndexOf('.') + 1);
    assertTrue(problem.fix().startsWith("write \"" + leaf + ": "), problem.fix());
  }

  /**
   * What a fix says to write is taken; keys of credentials may still want others beside them, and a
   * file of authorities has to be there.
   */
  @Test
  void load_theFix_isTaken() {
    for (Key<?> key : Keys.all()) {
      Loading loading = new Loading(directory).env(CredentialTypes.VARIABLE.example(), "x");
      loading.file(file(new Mistake(key.path(), key.example(), "")));
      if (CredentialKeys.ALL.contains(key)) {
        assertTrue(taken(key, loading.load()), key.path());
      } else if (!key.equals(Keys.GOPROXY) && !key.equals(TlsKeys.CA)) {
        loading.loaded();
      }
    }
  }

  private static boolean taken(Key<?> key, LoadResult result) {
    return switch (result) {
      case LoadResult.Loaded _ -> true;
      case LoadResult.Refused(List<Problem> problems) ->
          problems.stream().noneMatch(problem -> problem.key().equals(key.pathFor("corp")));
    };
  }

  @Test
  void load_aMistakeInTheEnvironment_namesKeyVariableAndFix() {
    for (Key<?> key : Keys.all()) {
      String variable = key.variable().replace("NAME", "CORP");
      Loading loading = new Loading(directory).env("MODGATE_MIRRORS_CORP_URL", "https://h");
      Problem problem = loading.env(variable, wrong(key)).problem();
      assertEquals("env " + variable, problem.where());
      assertEquals(key.pathFor("corp"), problem.key());
      assertEquals("set " + variable + "=" + key.example() + ", for example", problem.fix());
    }
  }

  private static String wrong(Key<?> key) {
    if (CredentialKeys.ALL.contains(key)) {
      return "\n";
    }
    return key.equals(Keys.DATA) ? "" : ",";
  }

  @Test
  void load_aMistakeInAFlag_namesKeyFlagAndFix() {
    assertEquals(
        "flag --listen: listen: is not HOST:PORT; pass --listen 127.0.0.1:8080, for example",
        new Loading(directory).flag("listen", "8080").problem().toString());
  }

  @Test
  void everyKey_hasItsMistakes() {
    assertEquals(
        Keys.all().stream().map(Key::path).collect(Collectors.toSet()),
        mistakes().stream().map(Mistake::key).collect(Collectors.toSet()));
  }

  static List<Mistake> mistakes() {
    List<Mistake> all = new ArrayList<>();
    all.addAll(endpoint("listen"));
    all.addAll(endpoint("admin"));
    all.addAll(whole("connections", List.of("0", "1000001")));
    all.addAll(size("send-buffer", List.of("63KiB", "17MiB")));
    all.addAll(
        of(
            "data",
            "expected a directory",
            List.of("1", "true", "[a]", "{a: b}", ""),
            "is empty",
            List.of("''", "' '"),
            "names another user's home directory",
            List.of("~bob/x"),
            "is not a path",
            List.of("\"a\\0b\"")));
    all.addAll(
        of(
            "goproxy",
            "expected GOPROXY syntax",
            List.of("1", "[public]", "{a: b}", "true", ""),
            "names no mirror",
            List.of("''", "\",|\""),
            "has an entry, number 2, that is a reserved word",
            List.of("public,none"),
            "names a mirror",
            List.of()));
    all.addAll(
        of(
            "mirrors.NAME.url",
            "expected an https:// or http:// URL",
            List.of("1", "[https://h]", "{a: b}", ""),
            "does not start with",
            List.of("h.example", "ftp://h", "''"),
            "has a query",
            List.of("https://h?a", "\"https://h#a\""),
            "holds credentials",
            List.of("http://u:p@h.example")));
    for (String timeout : List.of("timeouts.connect", "timeouts.first-byte", "timeouts.idle")) {
      all.addAll(duration("mirrors.NAME." + timeout, List.of("0ms", "0s", "11m", "1h")));
    }
    all.addAll(duration("mirrors.NAME.timeouts.total", List.of("0ms", "121m", "3h", "999999999h")));
    all.addAll(duration("mirrors.NAME.breaker.slow-call", List.of("0ms", "11m")));
    all.addAll(duration("mirrors.NAME.breaker.open", List.of("0ms", "61m")));
    all.addAll(duration("sumdb-timeout", List.of("99ms", "601s")));
    all.addAll(duration("store.ttl", List.of("25h", "1441m")));
    all.addAll(duration("store.absent-ttl", List.of("2h", "3601s")));
    all.addAll(whole("mirrors.NAME.breaker.window", List.of("0", "-1", "10001")));
    all.addAll(whole("mirrors.NAME.breaker.half-open-calls", List.of("0", "1001")));
    all.addAll(whole("mirrors.NAME.concurrency", List.of("0", "4097", "999999999")));
    all.addAll(
        of(
            "mirrors.NAME.breaker.failure-rate",
            "expected whole percents",
            List.of("true", "[50%]", "{a: b}", ""),
            "needs its unit: %",
            List.of("50", "\"50\""),
            "is not a whole number followed by %",
            List.of("50.5%", "0.5", "half", "-1%", "50 %"),
            "must be 1% to 100%",
            List.of("0%", "101%")));
    all.addAll(duration("fetch-timeout", List.of("99ms", "3h")));
    all.addAll(
        of(
            "order",
            "expected adaptive or listed",
            List.of("1", "true", "[listed]", "{a: b}", ""),
            "is not one of adaptive, listed",
            List.of("random", "''", "Listed")));
    all.addAll(switches("hedge.enabled"));
    all.addAll(duration("hedge.at-least", List.of("0ms", "61s")));
    all.addAll(
        of(
            "mirrors.NAME.health.path",
            "expected a path that starts with /",
            List.of("1", "true", "[/healthz]", "{a: b}", ""),
            "is not such a path",
            List.of("healthz", "/a//b", "/a/../b", "/..", "/a?b", "/a b", "/%2e%2e", "/")));
    all.addAll(duration("mirrors.NAME.health.interval", List.of("99ms", "2h")));
    all.addAll(whole("mirrors.NAME.health.failures", List.of("0", "1001")));
    all.addAll(whole("mirrors.NAME.health.successes", List.of("0", "1001")));
    all.addAll(whole("mirrors.NAME.retry.attempts", List.of("0", "11")));
    all.addAll(
        of(
            "mirrors.NAME.retry.budget",
            "expected whole percents",
            List.of("true", "[5%]", "{a: b}", ""),
            "must be 0% to 100%",
            List.of("101%")));
    all.addAll(whole("mirrors.NAME.lies.most", List.of("0", "1001")));
    all.addAll(duration("mirrors.NAME.lies.window", List.of("999ms", "25h")));
    all.addAll(duration("mirrors.NAME.lies.out", List.of("999ms", "25h")));
    all.addAll(switches("mirrors.NAME.trace-context"));
    all.addAll(switches("mirrors.NAME.private"));
    all.addAll(
        of(
            "mirrors.NAME.tls.ca",
            "expected a file of certificates",
            List.of("1", "true", "[a]", "{a: b}", ""),
            "names a file that cannot be read",
            List.of("no/such/file", "/"),
            "names a file that does not hold certificates",
            List.of("pom.xml", "/dev/null"),
            "is not a path",
            List.of("\"a\\0b\"")));
    all.addAll(
        of(
            "mirrors.NAME.tls.pins",
            "expected a list of pins",
            List.of("1", "{a: b}", ""),
            "has an item, number 1, that does not start with sha256/",
            List.of("sha1/AAAA", "[AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=]"),
            "has an item, number 1, that is not a hash",
            List.of(
                "sha256/AAAA", "sha256/", "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
    all.addAll(
        of(
            "mirrors.NAME.tls.sans",
            "expected a list of names",
            List.of("1", "{a: b}", ""),
            "has an item, number 1, that is not a name",
            List.of("https://h", "a.*.b", "\"a b\"")));
    all.addAll(
        of(
            "mirrors.NAME.tls.revocation",
            "expected off, ocsp or ocsp-required",
            List.of("1", "false", "[ocsp]", "{a: b}", ""),
            "is none of",
            List.of("on", "OCSP", "ocsp_required", "''")));
    all.addAll(
        of(
            "mirrors.NAME.identity.headers",
            "expected a mapping of headers",
            List.of("1", "true", "[a]", "{server: 1}", "{server: [a]}", "{\"a=b\": c}", ""),
            "has a part that is not the name of a header",
            List.of("nginx", "\"a b=c\"", "{\"a b\": c}", "\"=c\""),
            "has a header whose value",
            List.of("server=", "{server: ''}", "{server: \"a\\tb\"}", "{server: 'a\\'}"),
            "has a header twice",
            List.of("{server: a, Server: b}")));
    all.addAll(
        of(
            "mirrors.NAME.identity.issuer",
            "expected a distinguished name",
            List.of("1", "true", "[a]", "{a: b}", ""),
            "holds no =",
            List.of("Corp CA"),
            "ends with a \\",
            List.of("'CN=a\\'")));
    all.addAll(
        of(
            "sumdb",
            "expected a list",
            List.of("1", "[1]", "[[sum.golang.org]]", "{a: b}", "[\"a,b\"]", ""),
            "needs at least one item",
            List.of("[]", "''"),
            "has an item, number 1, that is",
            List.of("off", "[nobody.example]", "['']"),
            "has an item, number 2, that occurs twice",
            List.of("[sum.golang.org, sum.golang.org]")));
    all.addAll(globs("gonosumdb"));
    all.addAll(globs("goprivate"));
    all.addAll(
        of(
            "audit.trusted-peers",
            "expected a list of networks",
            List.of("1", "[10]", "{a: b}", "true", ""),
            "has an item, number 1, that is not ADDRESS/BITS",
            List.of("10.0.0.0", "[localhost/8]", "\"::1\""),
            "has an item, number 2, that has bits set",
            List.of("[10.0.0.0/8, 10.0.0.1/8]"),
            "has an item, number 1, that has more bits",
            List.of("10.0.0.0/33")));
    all.addAll(direct());
    CredentialKeys.ALL.forEach(key -> all.addAll(credential(key)));
    all.addAll(
        of(
            "mirror-traffic.url",
            "expected an https:// or http:// URL",
            List.of("1", "[https://h]", "{a: b}", ""),
            "does not start with",
            List.of("h.example", "ftp://h"),
            "has a query",
            List.of("https://h?a"),
            "holds credentials",
            List.of("http://u:p@h.example")));
    all.addAll(whole("mirror-traffic.queue", List.of("0", "-1", "65537")));
    all.addAll(duration("mirror-traffic.timeout", List.of("9ms", "61s")));
    all.addAll(size("mirror-traffic.bodies", List.of("17MiB", "16777217B")));
    all.addAll(credential(TrafficKeys.TOKEN_FILE));
    all.addAll(credential(TrafficKeys.TOKEN_ENV));
    all.addAll(
        of(
            "log.format",
            "expected text or json",
            List.of("1", "true", "[json]", "{a: b}", ""),
            "is not one of text, json",
            List.of("xml", "''", "JSON")));
    all.addAll(
        of(
            "log.level",
            "expected trace or debug or info or warning or error",
            List.of("1", "true", "[info]", "{a: b}", ""),
            "is not one of trace, debug, info, warning, error",
            List.of("warn", "''", "INFO")));
    all.addAll(
        of(
            "telemetry.private-modules",
            "expected show or hash or omit",
            List.of("1", "true", "[hash]", "{a: b}", ""),
            "is not one of show, hash, omit",
            List.of("hide", "''", "HASH")));
    all.addAll(credential(TelemetryKeys.KEY_FILE));
    all.addAll(credential(TelemetryKeys.KEY_ENV));
    return all;
  }

  private static List<Mistake> direct() {
    List<Mistake> all = new ArrayList<>();
    all.addAll(
        of(
            "direct.go",
            "expected the name of a command",
            List.of("1", "true", "[go]", "{a: b}", ""),
            "is neither the name of a command nor",
            List.of("''", "bin/go", "go mod", "../go", "\"/go\\n\"")));
    all.addAll(whole("direct.concurrency", List.of("0", "65")));
    all.addAll(duration("direct.timeout", List.of("999ms", "31m", "1h")));
    all.addAll(
        of(
            "direct.credentials",
            "expected a list of credentials",
            List.of("1", "[1]", "{a: b}", ""),
            "has an item, number 1, that is none of GLOB netrc FILE",
            List.of("a", "a netrc", "a netrc /f /g", "a ssh-key /f", "a password /f"),
            "has an item, number 1, that names a file by something else",
            List.of("a netrc f", "a netrc ~/f", "a netrc /f'", "a ssh-key /k known-hosts /%h"),
            "has an item, number 2, that is a malformed glob",
            List.of("['a netrc /f', '[b netrc /f']")));
    for (String file : List.of("direct.git-config", "direct.ca")) {
      all.addAll(
          of(
              file,
              "expected the absolute path of a file",
              List.of("1", "[/f]", "{a: b}", ""),
              "names a file by something else",
              List.of("f", "~/f", "'/a b'", "'/a\"b'", "/a$b", "'/a`b'", "\"/a\\nb\"")));
    }
    return all;
  }

  private static List<Mistake> credential(Key<?> key) {
    return switch (key.type()) {
      case CredentialTypes.FileType _ ->
          of(
              key.path(),
              "expected a file",
              List.of("1", "true", "[a]", "{a: b}", ""),
              "is not a path that starts with",
              List.of("''", "corp", "./corp", "~bob/x", "c2VjcmV0=="),
              "is not a path",
              List.of("\"/a\\0b\""));
      case CredentialTypes.SecureUrlType _ ->
          of(
              key.path(),
              "expected an https:// URL",
              List.of("1", "[a]", "{a: b}", ""),
              "does not start with",
              List.of("h.example", "ftp://h", "''"),
              "holds credentials",
              List.of("https://u:p@h"),
              "is not https://",
              List.of("http://h.example", "http://127.0.0.1.example"));
      case DurationType _ -> duration(key.path(), List.of("0s", "25h"));
      default ->
          of(
              key.path(),
              "expected ",
              List.of("1", "true", "[a]", "{a: b}", ""),
              "is ",
              List.of("''", "\"a\\nb\"", "ü"));
    };
  }

  private static List<Mistake> endpoint(String key) {
    return of(
        key,
        "expected HOST:PORT",
        List.of("8080", "true", "[a]", "{a: b}", ""),
        "is not HOST:PORT",
        List.of("localhost", "\":8080\"", "''"),
        "has a port above 65535",
        List.of("127.0.0.1:65536"),
        "holds no IPv4 address",
        List.of("127.0.0.256:1"));
  }

  private static List<Mistake> duration(String key, List<String> outOfRange) {
    return of(
        key,
        "expected a duration with its unit",
        List.of("true", "[2s]", "{a: b}", ""),
        "needs its unit: ms, s, m or h",
        List.of("2", "0", "\"2\""),
        "is not a whole number with one unit",
        List.of("1.5s", "2 s", "2d", "-2s", "1m30s", "1e3", "''", "2S", "9999999999s"),
        "must be ",
        outOfRange);
  }

  private static List<Mistake> size(String key, List<String> outOfRange) {
    return of(
        key,
        "expected a size with its unit",
        List.of("true", "[1MiB]", "{a: b}", ""),
        "needs its unit: B, KiB or MiB",
        List.of("2", "0", "\"2\""),
        "is not a whole number with one unit",
        List.of("1.5MiB", "2 MiB", "2MB", "2GiB", "-2B", "1e3", "''", "2mib", "9999999999B"),
        "must be ",
        outOfRange);
  }

  private static List<Mistake> whole(String key, List<String> outOfRange) {
    return of(
        key,
        "expected a whole number",
        List.of("\"3\"", "3s", "true", "[3]", "{a: b}", "", "0x3"),
        "is not a whole number",
        List.of("3.0", "1e3", "99999999999999999999"),
        "must be ",
        outOfRange,
        "",
        List.of());
  }

  private static List<Mistake> switches(String key) {
    return of(
        key,
        "expected true or false",
        List.of("1", "\"true\"", "yes", "on", "[true]", "{a: b}", "", "True"),
        "",
        List.of(),
        "",
        List.of(),
        "",
        List.of());
  }

  private static List<Mistake> globs(String key) {
    return of(
        key,
        "expected a list of globs",
        List.of("1", "true", "[1]", "[[a]]", "{a: b}", "[\"a,b\"]", ""),
        "has an item, number 1, that is empty",
        List.of("['']", "\",a\""),
        "has an item, number 2, that is a malformed glob",
        List.of("[a, \"[b\"]", "'a,b\\'"),
        "has an item, number 1, that holds",
        List.of("a b", "a@v1"));
  }

  private static List<Mistake> of(String key, Object... messagesAndValues) {
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < messagesAndValues.length; i += 2) {
      String message = (String) messagesAndValues[i];
      for (Object yaml : (List<?>) messagesAndValues[i + 1]) {
        mistakes.add(new Mistake(key, (String) yaml, message));
      }
    }
    return mistakes;
  }

  /** Each name of the path on a line of its own; the mirror gets a URL below. */
  private static String file(Mistake mistake) {
    List<String> names = Arrays.asList(mistake.key().replace("NAME", "corp").split("\\.", -1));
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      yaml.append("  ".repeat(i)).append(names.get(i)).append(':');
      yaml.append(i == names.size() - 1 ? " " + mistake.yaml() + "\n" : "\n");
    }
    boolean needsUrl = names.contains("corp") && !names.contains("url");
    return yaml.append(needsUrl ? "    url: https://h\n" : "").toString();
  }
}
