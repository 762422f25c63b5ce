package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.secret.Credentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No way of printing a load tells a password that stands in a URL, well-formed or not. */
final class SecrecyTest {

  private static final String CANARY = "canary7f3a";

  private static final List<String> URLS =
      List.of(
          "https://alice:CANARY@h.example/base",
          "https://CANARY@h.example",
          "http://alice:CANARY@h.example",
          "http://alice:CANARY@127.0.0.1:1",
          "https://alice:CANARY@h.example?q=CANARY",
          "https://alice:CANARY@h.example#CANARY",
          "https://alice:CANARY@h_example",
          "https://alice:CANARY@h.example:port",
          "https://alice:CANARY@",
          "https://alice:CAN/CANARY@h.example",
          "https://alice:1/CANARY@h.example",
          "https://alice:CAN@CANARY@h.example",
          "https://alice:CAN|CANARY@h.example",
          "https://alice:CAN,CANARY@h.example",
          "https://alice:1|CANARY|1@h.example",
          "https://alice:1,CANARY,1@h.example",
          "https://alice:1|CANARY.x|1@h.example",
          "https://alice: CANARY@h.example",
          "https://alice:%zzCANARY@h.example",
          "https://alice:CANARY%0a@h.example",
          "htps://alice:CANARY@h.example",
          "https:/alice:CANARY@h.example",
          "https//alice:CANARY@h.example",
          "alice:CANARY@h.example");

  private final Path directory;

  SecrecyTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theCanary_isReallyThere() {
    String yaml = "goproxy: corp\nmirrors: {corp: {url: \"%s\"}}".formatted(url(URLS.getFirst()));
    Configuration configuration = new Loading(directory).file(yaml).configuration();
    Credentials.Basic basic = (Credentials.Basic) configuration.mirror("corp").credentials();
    assertTrue(basic.userAndPassword().reveal().contains(CANARY));
    assertTrue(prints(new Loading(directory).flag("data", CANARY)).contains(CANARY));
  }

  /** Every key but the one directory, which is printed as it is. */
  @Test
  void load_aUrlInTheFile_isNeverPrinted() {
    for (Key<?> key : Keys.all()) {
      for (String url : URLS) {
        String quoted = "\"" + url(url) + "\"";
        for (String value : List.of(quoted, url(url), "[" + quoted + "]")) {
          if (!key.equals(Keys.DATA)) {
            assertSilent(new Loading(directory).file(nested(key, value)));
          }
        }
      }
    }
  }

  @Test
  void load_aUrlInTheEnvironmentOrAFlag_isNeverPrinted() {
    for (Key<?> key : Keys.all()) {
      for (String url : URLS) {
        if (!key.equals(Keys.DATA)) {
          String variable = key.variable().replace("NAME", "CORP");
          assertSilent(new Loading(directory).env(variable, url(url)));
          assertSilent(new Loading(directory).flag(key.path(), url(url)));
        }
      }
    }
  }

  @Test
  void load_aUrlAsAKeyOrInAStrangePlace_isNeverPrinted() {
    for (String url : URLS) {
      String text = url(url);
      for (String yaml :
          List.of(
              "\"%s\": 1",
              "mirrors: {\"%s\": {url: https://h}}",
              "mirrors: \"%s\"",
              "mirrors: {corp: \"%s\"}",
              "mirrors: {corp: {\"%s\": x}}",
              "mirrors: {corp: {url: %s}}",
              "mirrors: {corp: {timeouts: \"%s\"}}",
              "store: [\"%s\"]",
              "store: {\"%s\": 1, \"%1$s\": 2}",
              "- \"%s\"",
              "\"%s\"",
              "listen: \"%s")) {
        assertSilent(new Loading(directory).file(yaml.formatted(text)));
      }
    }
  }

  /** A password without a dot that was cut from its URL looks like the name of a mirror. */
  @Test
  void load_aWordInGoproxy_isNotPrinted() {
    assertSilent(new Loading(directory).file("goproxy: " + CANARY));
    assertSilent(new Loading(directory).file("goproxy: public|" + CANARY));
    assertSilent(new Loading(directory).file("mirrors: {corp: {url: https://u:p," + CANARY + "}}"));
    assertSilent(new Loading(directory).file("sumdb: " + CANARY));
    assertSilent(new Loading(directory).file("listen: " + CANARY));
  }

  @Test
  void load_aVariableThatIsUnknown_isNotPrinted() {
    assertSilent(new Loading(directory).env("MODGATE_TOKEN", CANARY));
    assertSilent(new Loading(directory).env("MODGATE_MIRRORS_CORP_TOKEN", CANARY));
    assertSilent(new Loading(directory).env("OTHER_TOKEN", CANARY));
    LoadRequest request =
        new LoadRequest(
            Optional.empty(), Map.of("T", CANARY), Map.of("listen", CANARY), Loading.HOME);
    assertFalse(request.toString().contains(CANARY));
  }

  /** Without its @ a URL is a good one of another host: that one stays. */
  @Test
  void load_afterRandomMistakes_isNeverPrinted() {
    String yaml =
        """
        goproxy: "https://alice:CANARY@a.example|corp"
        mirrors:
          corp:
            url: https://bob:CANARY@b.example/base
            timeouts: {connect: 2s}
          spare: {url: "https://CANARY@c.example"}
        """;
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      StringBuilder broken = new StringBuilder(yaml);
      for (int n = random.nextInt(3); n >= 0; n--) {
        int at = random.nextInt(broken.length());
        if (random.nextBoolean() && broken.charAt(at) != '@') {
          broken.deleteCharAt(at);
        } else {
          broken.insert(at, "\n:,{}[]\"'#|@/ -!".charAt(random.nextInt(16)));
        }
      }
      assertSilent(new Loading(directory).file(url(broken.toString())));
    }
  }

  private static void assertSilent(Loading loading) {
    String prints = prints(loading);
    assertFalse(prints.contains(CANARY), prints);
  }

  /** Everything that a result prints as: problems, settings, the record tree. */
  private static String prints(Loading loading) {
    return loading.load().toString();
  }

  private static String url(String text) {
    return text.replace("CANARY", CANARY);
  }

  private static String nested(Key<?> key, String value) {
    StringBuilder yaml = new StringBuilder();
    String[] names = key.pathFor("corp").split("\\.", -1);
    for (int i = 0; i < names.length; i++) {
      yaml.append("  ".repeat(i)).append(names[i]).append(":");
      yaml.append(i == names.length - 1 ? " " + value + "\n" : "\n");
    }
    return yaml.toString();
  }
}
