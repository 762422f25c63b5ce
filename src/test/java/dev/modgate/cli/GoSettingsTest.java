package dev.modgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoSettingsTest {

  @TempDir Path home;

  @Test
  void warnings_ofPlainSettings_areNone() {
    assertEquals(List.of(), warnings(Map.of("GOPRIVATE", "", "GOSUMDB", "sum.golang.org")));
    assertEquals(List.of(), warnings(Map.of("GONOPROXY", "none", "GONOSUMDB", "none")));
    assertEquals(List.of(), warnings(Map.of("GOINSECURE", "corp.test")));
  }

  /** It may hold a password. */
  @Test
  void warnings_ofAnotherProxy_doNotNameIt() {
    assertEquals(
        List.of("GOPROXY was set; this gate stands in for it, with mirrors of its own"),
        warnings(Map.of("GOPROXY", "https://user:word@mirror.test")));
    assertEquals(List.of(), warnings(Map.of("GOPROXY", "http://127.0.0.1:8080")));
  }

  @Test
  void warnings_ofPrivateModules_sayThatGoWalksRound() {
    assertEquals(
        List.of(
            "go fetches what matches GOPRIVATE=corp.test from where it is developed, past this"
                + " gate",
            "go itself does not check what matches GOPRIVATE=corp.test"),
        warnings(Map.of("GOPRIVATE", "corp.test")));
  }

  /** GONOPROXY and GONOSUMDB stand before GOPRIVATE, each for its own part. */
  @Test
  void warnings_ofEachSetting_nameTheOneThatCounts() {
    assertEquals(
        List.of(
            "go fetches what matches GONOPROXY=a.test from where it is developed, past this"
                + " gate, and without TLS if it matches GOINSECURE=b.test",
            "go itself does not check what matches GOPRIVATE=corp.test"),
        warnings(Map.of("GOPRIVATE", "corp.test", "GONOPROXY", "a.test", "GOINSECURE", "b.test")));
    assertEquals(
        List.of("go itself checks nothing (GOSUMDB=off); this gate does"),
        warnings(Map.of("GOSUMDB", "off", "GONOSUMDB", "a.test")));
  }

  @Test
  void warnings_ofWhatGoEnvWrote_countUnlessTheEnvironmentSaysMore() throws IOException {
    Path file = home.resolve(".config/go/env");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "GOFLAGS=-x\nGONOSUMDB=written.test\nbroken\n");
    String written = "go itself does not check what matches GONOSUMDB=written.test";
    assertEquals(List.of(written), warnings(Map.of()));
    assertEquals(List.of(), warnings(Map.of("GOENV", "off")));
    assertEquals(List.of(), warnings(Map.of("HOME", home.resolve("other").toString())));
    assertEquals(List.of(), warnings(Map.of("XDG_CONFIG_HOME", home.toString())));
    assertEquals(List.of(written), warnings(Map.of("GOENV", file.toString())));
    assertEquals(List.of(), warnings(Map.of("GONOSUMDB", "none")));
  }

  private List<String> warnings(Map<String, String> environment) {
    return new GoSettings(environment, home).warnings("http://127.0.0.1:8080");
  }
}
