package dev.modgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeLogServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a log that really signs, which a mirror relays. */
final class VerifyCommandTest {

  private static final String DATABASE = "sum.test";

  private final FakeLog log = new FakeLog(DATABASE, 3);
  private final Path folder;
  private FakeLogServer mirror;
  private boolean isWatched;

  VerifyCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.mirror = new FakeLogServer(log, "/sumdb/" + DATABASE);
  }

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("modgate.yaml"),
        """
        goproxy: fake
        sumdb: ["%s"]
        sumdb-timeout: 2s
        goprivate: [corp.test]
        mirrors:
          fake:
            url: http://127.0.0.1:%d
        """
            .formatted(log.keyText(), mirror.uri().getPort()));
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  private record Ran(int exitCode, String out, String err) {
    String lastLine() {
      return out.lines().reduce("", (_, line) -> line);
    }
  }

  @Test
  void goSum_allLogged_isProvenLineByLine() throws IOException {
    Path file = goSum(sums(200));
    Ran ran = verify(file.toString());
    assertEquals(0, ran.exitCode(), ran.err());
    assertEquals("", ran.err());
    List<String> lines = ran.out().lines().toList();
    assertEquals(401, lines.size());
    assertTrue(lines.getFirst().startsWith(file + ":1: proven at tree "), lines.getFirst());
    assertTrue(lines.getFirst().contains(": a.test/m0 v1.0.0 h1:"), lines.getFirst());
    assertEquals("sum.test: 400 lines: 400 proven", ran.lastLine());
  }

  @Test
  void goSum_oneChangedHashOf400_isNamedLast() throws IOException {
    List<String> lines = sums(200);
    lines.set(216, lines.get(216).replaceFirst("h1:.*", FakeLog.anyH1("changed")));
    Path file = goSum(lines);
    Ran ran = verify("--quiet", file.toString());
    assertEquals(1, ran.exitCode());
    List<String> said = ran.out().lines().toList();
    assertEquals(2, said.size(), ran.out());
    assertEquals(
        "%s:217: MISMATCH: a.test/m108 v1.0.0: this has %s, but the log has %s"
            .formatted(file, FakeLog.anyH1("changed"), FakeLog.anyH1("a.test/m108@v1.0.0")),
        said.getFirst());
    assertEquals("sum.test: 400 lines: 399 proven, 1 mismatch", said.getLast());
  }

  @Test
  void goSum_notLoggedAndPrivate_areToldApart() throws IOException {
    List<String> lines = sums(1);
    lines.add("a.test/none v1.0.0 " + FakeLog.anyH1("x"));
    lines.add("corp.test/secret v1.0.0 " + FakeLog.anyH1("x"));
    Ran ran = verify(goSum(lines).toString());
    assertEquals(1, ran.exitCode());
    assertTrue(ran.out().contains(":3: not logged: a.test/none v1.0.0: "), ran.out());
    assertTrue(ran.out().contains(":4: exempt by corp.test: corp.test/secret v1.0.0"), ran.out());
    assertEquals("sum.test: 4 lines: 2 proven, 1 exempt, 1 not logged", ran.lastLine());
    assertTrue(log.requests().stream().noneMatch(path -> path.contains("secret")));
  }

  @Test
  void moduleAtVersion_printsWhatGoSumWouldHold() {
    log.add("a.test/m0@v1.0.0");
    Ran ran = verify("a.test/m0@v1.0.0");
    assertEquals(0, ran.exitCode(), ran.err());
    String hash = FakeLog.anyH1("a.test/m0@v1.0.0");
    String goMod = FakeLog.anyH1("a.test/m0@v1.0.0/go.mod");
    assertEquals(
        List.of(
            "a.test/m0@v1.0.0: proven at tree 1: a.test/m0 v1.0.0 " + hash,
            "a.test/m0@v1.0.0: proven at tree 1: a.test/m0 v1.0.0/go.mod " + goMod,
            "sum.test: 2 lines: 2 proven"),
        ran.out().lines().toList());
  }

  @Test
  void logOutOfReach_isUnknown_withAnExitCodeOfItsOwn() throws IOException {
    Path file = goSum(sums(1));
    log.down(true);
    Ran ran = verify(file.toString());
    assertEquals(3, ran.exitCode(), ran.out());
    assertTrue(ran.out().contains(":1: unknown: a.test/m0 v1.0.0: "), ran.out());
    assertTrue(ran.err().startsWith("modgate: the log could not be asked: fake: "), ran.err());
    assertTrue(ran.err().endsWith(" (2); once it can be, run this again\n"), ran.err());
  }

  @Test
  void onceProven_needsNoNetwork() throws IOException {
    Path file = goSum(sums(3));
    assertEquals(0, verify(file.toString()).exitCode());
    mirror.close();
    assertEquals("sum.test: 6 lines: 6 proven", verify(file.toString()).lastLine());
  }

  @Test
  void goSum_empty_hasNothingToProve() throws IOException {
    Ran ran = verify(goSum(List.of()).toString());
    assertEquals(0, ran.exitCode(), ran.err());
    assertEquals("sum.test: 0 lines, nothing to prove\n", ran.out());
  }

  @Test
  void dataDirectory_thatIsAFile_isAWrongSetting() throws IOException {
    Path file = goSum(sums(1));
    Files.writeString(folder.resolve("data"), "in the way");
    Ran ran = verify(file.toString());
    assertEquals(2, ran.exitCode(), ran.err());
    assertTrue(ran.err().startsWith("modgate: data " + folder.resolve("data") + ": "), ran.err());
    assertEquals("", ran.out());
  }

  @Test
  void badArguments_areNamed() throws IOException {
    Ran missing = verify("no/such/go.sum");
    assertEquals(2, missing.exitCode());
    assertEquals(
        "modgate: no/such/go.sum: there is no such file, and a module is MODULE@VERSION\n",
        missing.err());

    Ran directory = verify(folder.toString());
    assertEquals(2, directory.exitCode());
    assertEquals("modgate: " + folder + ": can't be read: Is a directory\n", directory.err());

    Ran module = verify("a.test/m@latest");
    assertEquals(2, module.exitCode());
    assertTrue(module.err().startsWith("modgate: a.test/m@latest: "), module.err());

    Path broken = goSum(List.of("a.test/m v1.0.0"));
    Ran line = verify(broken.toString());
    assertEquals(2, line.exitCode());
    assertEquals(
        "modgate: " + broken + ":1: a line has a module, a version and a hash\n", line.err());
  }

  @Test
  void watched_showsABar_andLeavesNoneBehind() throws IOException {
    isWatched = true;
    Ran ran = verify(goSum(sums(5)).toString());
    assertEquals(0, ran.exitCode());
    assertTrue(ran.err().contains("proving"), ran.err());
    assertTrue(ran.err().endsWith("\r"), ran.err());
    assertFalse(ran.out().contains("\r"));
  }

  private List<String> sums(int modules) {
    List<String> lines = new ArrayList<>();
    IntStream.range(0, modules)
        .forEach(i -> {
          String module = "a.test/m" + i + "@v1.0.0";
          log.add(module);
          lines.add("a.test/m%d v1.0.0 %s".formatted(i, FakeLog.anyH1(module)));
          lines.add("a.test/m%d v1.0.0/go.mod %s".formatted(i, FakeLog.anyH1(module + "/go.mod")));
        });
    return lines;
  }

  private Path goSum(List<String> lines) throws IOException {
    return Files.write(folder.resolve("go.sum"), lines);
  }

  private Ran verify(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            Map.of(), folder, new PrintWriter(out, true), new PrintWriter(err, true), isWatched);
    List<String> all =
        new ArrayList<>(
            List.of(
                "verify",
                "--config",
                folder.resolve("modgate.yaml").toString(),
                "--data",
                folder.resolve("data").toString()));
    all.addAll(List.of(arguments));
    int exitCode =
        Main.run(Main.commandLine(surroundings), surroundings, all.toArray(String[]::new));
    return new Ran(exitCode, out.toString(), err.toString());
  }
}
