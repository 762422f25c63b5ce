package dev.modgate.it;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code direct} with the real go command on both sides of the gate, and a real git repository over
 * HTTPS that no mirror knows.
 */
final class DirectIT {

  private static final String SOURCE = "package fake\n";
  private static final String HOST = "origin.test";

  @TempDir Path folder;

  private static FakeModule module(String name, String version) {
    return new FakeModule(HOST + "/" + name + ".git@" + version, SOURCE);
  }

  private static String direct(GitServer git, String more) throws IOException {
    return """
    direct:
      ca: %s
      git-config: %s
    """
            .formatted(git.certificate(), git.rulesFor(HOST))
        + more;
  }

  @Test
  void goModDownload_noMirrorHasIt_isFetchedProvenOrRefused() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        GitServer git = new GitServer(folder.resolve("git"))) {
      git.publish(
          SOURCE, module("true", "v1.0.0").in(world.log), module("true", "v1.1.0").in(world.log));
      git.publish("package other\n", module("untrue", "v1.0.0").in(world.log));
      git.publish(SOURCE, module("unknown", "v1.0.0"));
      try (ModgateProcess modgate = world.serve("data", "honest,direct", direct(git, ""))) {
        GoCommand go = world.go("go", modgate.url());
        GoCommand.Result good = go.run("mod", "download", HOST + "/true.git@v1.0.0");
        assertEquals(0, good.exit(), good.output() + modgate.output());
        GoCommand.Result list = go.run("list", "-m", "-versions", HOST + "/true.git");
        assertTrue(list.output().contains("true.git v1.0.0 v1.1.0\n"), list.output());
        assertRefused(go, "untrue.git@v1.0.0", "checksum-mismatch");
        assertRefused(go, "unknown.git@v1.0.0", "not-logged");
        GoCommand.Result absent = go.run("mod", "download", HOST + "/true.git@v1.5.0");
        assertTrue(absent.output().contains("unknown revision v1.5.0"), absent.output());
        assertTrue(absent.output().contains("404 Not Found"), absent.output());
      }
      List<String> audit = ModgateProcess.audit(world.data("data"));
      assertAudited(audit, "true", "zip", "proven");
      assertAudited(audit, "untrue", "zip", "refuted");
      assertEquals(List.of(), leftovers(world));
    }
  }

  @Test
  void goModDownload_exemptOrPrivate_isServedAndRecordedAsUnlogged() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        GitServer git = new GitServer(folder.resolve("git"))) {
      git.publish(SOURCE, module("exempt", "v1.0.0"));
      git.publish(SOURCE, module("private", "v1.0.0"));
      String patterns =
          "gonosumdb: [\"%s/exempt.git\"]\ngoprivate: [\"%s/private.git\"]\n".formatted(HOST, HOST);
      try (ModgateProcess modgate = world.serve("data", "honest,direct", direct(git, patterns))) {
        GoCommand go = world.go("go", modgate.url()).with("GONOSUMDB", HOST);
        for (String name : List.of("exempt", "private")) {
          GoCommand.Result result = go.run("mod", "download", HOST + "/" + name + ".git@v1.0.0");
          assertEquals(0, result.exit(), result.output() + modgate.output());
        }
      }
      List<String> audit = ModgateProcess.audit(world.data("data"));
      assertAudited(audit, "exempt", "zip", "unlogged");
      assertAudited(audit, "private", "zip", "unlogged");
      world.honest.verify(getRequestedFor(urlPathMatching(".*/exempt.git/.*")));
      world.honest.verify(0, getRequestedFor(urlPathMatching(".*private.*")));
      assertFalse(world.log.requests().stream().anyMatch(path -> path.contains("private")));
    }
  }

  @Test
  void goModDownload_originAsksWho_isAnsweredFromTheFileOfThatPrefixAlone() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        GitServer git = new GitServer(folder.resolve("git"))) {
      for (String name : List.of("store", "netrc", "wrong", "none")) {
        git.publish(SOURCE, module(name, "v1.0.0").in(world.log));
      }
      git.demand("alice:CANARY-right");
      Path store = write("store", "https://alice:CANARY-right@" + git.host() + "\n");
      Path netrc = write("netrc", "machine 127.0.0.1 login alice password CANARY-right\n");
      Path wrong = write("wrong", "https://alice:CANARY-wrong@" + git.host() + "\n");
      String credentials =
          """
            credentials:
              - "%1$s/store.git git-credentials %2$s"
              - "%1$s/netrc.git netrc %3$s"
              - "%1$s/wrong.git git-credentials %4$s"
          """
              .formatted(HOST, store, netrc, wrong);
      try (ModgateProcess modgate =
          world.serve("data", "honest,direct", direct(git, credentials))) {
        GoCommand go = world.go("go", modgate.url());
        for (String name : List.of("store", "netrc")) {
          GoCommand.Result good = go.run("mod", "download", HOST + "/" + name + ".git@v1.0.0");
          assertEquals(0, good.exit(), name + good.output() + modgate.output());
        }
        for (String name : List.of("wrong", "none")) {
          GoCommand.Result bad = go.run("mod", "download", HOST + "/" + name + ".git@v1.0.0");
          assertEquals(1, bad.exit(), name + bad.output());
          assertFalse(bad.output().contains("CANARY"), bad.output());
        }
        assertFalse(modgate.output().contains("CANARY"), modgate.output());
      }
      assertTrue(Files.readString(wrong).contains("CANARY-wrong"), "git erased a credential");
      String audit = String.join("\n", ModgateProcess.audit(world.data("data")));
      assertFalse(audit.contains("CANARY"), audit);
      assertEquals(List.of(), leftovers(world));
    }
  }

  @Test
  void goModDownload_noGoAtTheGate_isBadGatewayThatSaysWhatToDo() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        ModgateProcess modgate =
            world.serve("data", "honest,direct", "direct: {go: /nowhere/go}\n")) {
      GoCommand.Result result =
          world.go("go", modgate.url()).run("mod", "download", HOST + "/m.git@v1.0.0");
      assertEquals(1, result.exit(), result.output());
      assertTrue(result.output().contains("502 Bad Gateway"), result.output());
      assertTrue(result.output().contains("install Go or set direct.go"), result.output());
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name + ".secret"), text);
  }

  private static void assertRefused(GoCommand go, String module, String rule) throws Exception {
    GoCommand.Result result = go.run("mod", "download", HOST + "/" + module);
    assertEquals(1, result.exit(), result.output());
    assertTrue(result.output().contains("403 Forbidden"), result.output());
    assertTrue(result.output().contains(rule), result.output());
  }

  private static void assertAudited(
      List<String> audit, String name, String artifact, String verdict) {
    assertTrue(
        audit.stream()
            .filter(line -> line.contains("\"module\":\"" + HOST + "/" + name + ".git\""))
            .filter(line -> line.contains("\"artifact\":\"" + artifact + "\""))
            .filter(line -> line.contains("\"mirror\":\"direct\""))
            .anyMatch(line -> line.contains("\"verdict\":\"" + verdict + "\"")),
        name + " in\n" + String.join("\n", audit));
  }

  private static List<Path> leftovers(HermeticWorld world) throws IOException {
    try (Stream<Path> files = Files.list(world.data("data").resolve("tmp"))) {
      return files.toList();
    }
  }
}
