package dev.modgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class MainTest {

  private static final String CANARY = "canary7f3a";

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  MainTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private record Ran(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    /** Of the words of a line that starts with a key. */
    List<String> columns(String key) {
      String line = lines().stream().filter(l -> l.startsWith(key + " ")).findFirst().orElseThrow();
      return List.of(line.split(" {2,}"));
    }
  }

  @Test
  void checkConfig_aGoodFile_saysOk() throws IOException {
    Ran ran = run("check-config", file("store: {ttl: 5m}\n"));
    assertEquals(new Ran(0, "ok\n", ""), ran);
  }

  @Test
  void checkConfig_aBadFile_namesKeyLineAndFix() throws IOException {
    String file =
        file("mirrors:\n  corp:\n    url: https://h\n    timeouts: {connect: 2}\nlisten: 1\n");
    Ran ran = run("check-config", file);
    assertEquals(2, ran.exitCode());
    assertEquals("", ran.out());
    assertEquals(
        List.of(
            file
                + ":4: mirrors.corp.timeouts.connect: needs its unit: ms, s, m or h;"
                + " write \"connect: 2s\", for example",
            file
                + ":5: listen: expected HOST:PORT or \"[IPV6]:PORT\", port 0 to 65535 (0: any free"
                + " one), found a number; write \"listen: 127.0.0.1:8080\", for example"),
        ran.err().lines().toList());
  }

  @Test
  void checkConfig_aMissingFile_saysSo() {
    Ran ran = run("check-config", directory.resolve("none\u001b[31m.yaml").toString());
    assertEquals(2, ran.exitCode());
    assertTrue(ran.err().contains("none?[31m.yaml: config: the file does not exist"), ran.err());
  }

  @Test
  void checkConfig_withVariables_checksThemToo() throws IOException {
    environment.put("MODGATE_LISTN", "x");
    Ran ran = run("check-config", file(""));
    assertEquals(2, ran.exitCode());
    assertEquals("env MODGATE_LISTN: is an unknown variable; set MODGATE_LISTEN\n", ran.err());
  }

  @Test
  void config_everySource_isShownInColumns() throws IOException {
    String file = file("# here\nstore: {ttl: 5m}\ngoprivate: [corp.example/*, b.example]\n");
    environment.put("MODGATE_SUMDB_TIMEOUT", "90s");
    Ran ran = run("config", "--config", file, "--listen", "[::1]:0", "--data=~/d");
    assertEquals(0, ran.exitCode());
    assertEquals(List.of("listen", "[::1]:0", "flag --listen"), ran.columns("listen"));
    assertEquals(List.of("admin", "127.0.0.1:8081", "default"), ran.columns("admin"));
    assertEquals(List.of("data", "/home/alice/d", "flag --data"), ran.columns("data"));
    assertEquals(List.of("store.ttl", "5m", file + ":2"), ran.columns("store.ttl"));
    assertEquals(
        List.of("goprivate", "corp.example/*,b.example", file + ":3"), ran.columns("goprivate"));
    assertEquals(List.of("gonosumdb", "[]", "default"), ran.columns("gonosumdb"));
    assertEquals(
        List.of("sumdb-timeout", "90s", "env MODGATE_SUMDB_TIMEOUT"), ran.columns("sumdb-timeout"));
    long places = ran.lines().stream().map(line -> line.indexOf(" default")).distinct().count();
    assertEquals(2, places, ran.out());
  }

  @Test
  void config_asJson_isOneObjectALine() throws IOException {
    Ran ran = run("config", "--json", "--config", file("goprivate: a.example\n"));
    assertEquals(0, ran.exitCode());
    for (String line : ran.lines()) {
      Node.Mapping object =
          (Node.Mapping) DocumentReader.json(line.getBytes(StandardCharsets.UTF_8)).orThrow();
      assertEquals(
          List.of("key", "value", "origin"),
          object.entries().stream().map(Node.Entry::key).toList());
    }
    assertTrue(
        ran.out()
            .contains("{\"key\":\"listen\",\"value\":\"127.0.0.1:8080\",\"origin\":\"default\"}"));
  }

  @Test
  void config_withCredentials_printsThemRedacted() throws IOException {
    environment.put("MODGATE_MIRRORS_B_URL", "https://u:" + CANARY + "@b.example");
    String file =
        file(
            "goproxy: https://u:%1$s@a.example|c\nmirrors: {c: {url: \"https://%1$s@c.example\"}}\n"
                .formatted(CANARY));
    for (Ran ran :
        List.of(run("config", "--config", file), run("config", "--json", "--config", file))) {
      assertEquals(0, ran.exitCode(), ran.err());
      assertFalse(ran.out().contains(CANARY), ran.out());
      for (String host : List.of("a", "b", "c")) {
        assertTrue(ran.out().contains("https://[REDACTED]@" + host + ".example"), ran.out());
      }
    }
  }

  @Test
  void config_thatIsRefused_printsTheProblemsAlone() {
    Ran ran = run("config", "--admin", "x");
    assertEquals(2, ran.exitCode());
    assertEquals("", ran.out());
    assertEquals(
        "flag --admin: admin: is not HOST:PORT; pass --admin 127.0.0.1:8081, for example\n",
        ran.err());
  }

  @Test
  void config_aFileThatIsMissing_isRefused() {
    Ran ran = run("config", "--config", directory.resolve("none").toString());
    assertEquals(2, ran.exitCode());
    assertTrue(ran.err().contains("the file does not exist"), ran.err());
  }

  @Test
  void aWrongFlag_isAUsageErrorWithASuggestion() {
    Ran ran = run("config", "--lisen", "127.0.0.1:1");
    assertEquals(2, ran.exitCode());
    assertTrue(ran.err().contains("Unknown option") && ran.err().contains("--listen"), ran.err());
  }

  @Test
  void aWrongCommand_isAUsageErrorWithASuggestion() {
    Ran ran = run("chek-config", "x");
    assertEquals(2, ran.exitCode());
    assertTrue(ran.err().contains("Did you mean: modgate check-config"), ran.err());
  }

  @Test
  void noCommand_isAUsageError() {
    Ran ran = run();
    assertEquals(2, ran.exitCode());
    assertTrue(ran.err().contains("Usage: modgate"), ran.err());
    assertEquals(2, run("check-config").exitCode());
    assertEquals(2, run("config", "--listen").exitCode());
    assertEquals(2, run("config", "--listen=a:1", "--listen=b:1").exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void help_namesTheCommands(String flag) {
    Ran ran = run(flag);
    assertEquals(0, ran.exitCode());
    assertTrue(ran.out().contains("check-config") && ran.out().contains("config "), ran.out());
    assertTrue(run("config", flag).out().contains("--listen"));
  }

  @Test
  void version_isOneLine() {
    Ran ran = run("--version");
    assertEquals(0, ran.exitCode());
    assertEquals(1, ran.lines().size());
    assertTrue(ran.out().startsWith("modgate "), ran.out());
  }

  @Command(name = "fail")
  record Failing(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      switch (failure) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case Throwable other -> throw new AssertionError(other);
      }
    }
  }

  @Test
  void anUnexpectedException_isOneLineWithoutItsMessage() {
    Ran ran = failing(new IllegalStateException("https://u:" + CANARY + "@h"));
    assertEquals(
        new Ran(
            1,
            "",
            "modgate: unexpected IllegalStateException; set MODGATE_LAUNCHER_DEBUG=1 to see where\n"),
        ran);
    assertEquals(1, failing(new StackOverflowError(CANARY)).err().lines().count());
    assertEquals(1, failing(new StackOverflowError(CANARY)).exitCode());
  }

  @Test
  void anUnexpectedFailureOfInput_namesTheFile() {
    assertEquals(
        "modgate: unexpected NoSuchFileException: a?b\n",
        failing(new NoSuchFileException("a\nb")).err());
  }

  @Test
  void anUnexpectedException_whileDebugging_showsItsStackTrace() {
    environment.put("MODGATE_LAUNCHER_DEBUG", "1");
    assertTrue(failing(new IllegalStateException("x")).err().contains("\tat dev.modgate.cli."));
  }

  @Test
  void toString_ofTheSurroundings_tellsNoVariable() {
    environment.put("TOKEN", CANARY);
    assertFalse(surroundings(new StringWriter(), new StringWriter()).toString().contains(CANARY));
  }

  private Ran failing(Throwable failure) {
    return run(Optional.of(new Failing(failure)), "fail");
  }

  private Ran run(String... args) {
    return run(Optional.empty(), args);
  }

  private Ran run(Optional<Failing> command, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings = surroundings(out, err);
    CommandLine commandLine = Main.commandLine(surroundings);
    command.ifPresent(commandLine::addSubcommand);
    int exitCode = Main.run(commandLine, surroundings, args);
    return new Ran(exitCode, out.toString(), err.toString());
  }

  private Surroundings surroundings(StringWriter out, StringWriter err) {
    return new Surroundings(
        environment,
        Path.of("/home/alice"),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        false);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("modgate.yaml"), yaml).toString();
  }
}
