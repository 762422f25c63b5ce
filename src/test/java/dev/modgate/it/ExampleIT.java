package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of docs/library.md, as a project that has target/modgate-verify.jar and java.base.
 */
final class ExampleIT {

  private static final Path SOURCE = Path.of("src", "example", "VerifyModule.java");

  private static final Path JAR =
      Path.of(System.getProperty("modgate.jar", "target/modgate.jar"))
          .resolveSibling("modgate-verify.jar");

  @TempDir static Path classes;

  @TempDir Path folder;

  private record Ran(int exit, String output) {}

  @BeforeAll
  static void compile() throws Exception {
    Ran javac =
        run("javac", "-Xlint:all", "-Werror", "-d", classes, "-cp", JAR, SOURCE.toAbsolutePath());
    assertEquals(new Ran(0, ""), javac);
  }

  @Test
  void example_honestZip_isProvenInTheTree() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule module = world.publish("lib.test/m@v1.0.0");
      Ran ran = verify(world, module.version().toString(), module.zip());
      String proof = "Logged[database=localhost.localdev/sumdb, treeSize=1, record=0]\n";
      assertEquals(new Ran(0, "proven: " + module.zipH1() + " by " + proof), ran);
    }
  }

  @Test
  void example_zipOfOtherContent_isRefutedWithBothHashes() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule module = world.publish("lib.test/m@v1.0.0");
      FakeModule other = new FakeModule("lib.test/m@v1.0.0", "package evil\n");
      String reason = "delivered " + other.zipH1() + " but the log has " + module.zipH1() + "\n";
      assertEquals(
          new Ran(1, "refuted: checksum-mismatch: " + reason),
          verify(world, "lib.test/m@v1.0.0", other.zip()));
    }
  }

  @Test
  void example_versionThatTheLogLacks_isNotProven() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      world.publish("lib.test/m@v1.0.0");
      FakeModule unlogged = new FakeModule("lib.test/m@v1.0.1");
      assertEquals(
          new Ran(1, "not proven: NotLogged[text=not there, status=404]\n"),
          verify(world, "lib.test/m@v1.0.1", unlogged.zip()));
    }
  }

  @Test
  void example_asDocumented_isTheSourceAndHasAtMost30Lines() throws IOException {
    String source = Files.readString(SOURCE);
    assertTrue(source.lines().count() <= 30, "lines of the example");
    assertTrue(Files.readString(Path.of("docs", "library.md")).contains("\n" + source), "docs");
  }

  private Ran verify(HermeticWorld world, String version, byte[] zip) throws Exception {
    Path file = Files.write(folder.resolve("m.zip"), zip);
    String classPath = JAR + java.io.File.pathSeparator + classes;
    String mirror = "http://127.0.0.1:" + world.honest.port();
    String key = world.log.keyText();
    return run("java", "-cp", classPath, "VerifyModule", version, file, key, mirror);
  }

  /** Runs a tool of this JDK that sees no module but java.base. */
  private static Ran run(String tool, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of("--limit-modules", "java.base"));
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ran(process.waitFor(), output);
  }
}
