package dev.modgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildTest {

  @TempDir Path folder;

  @Test
  void run_aCommand_hasItsExitCode() throws Exception {
    assertEquals(0, sh("exit 0", Map.of()));
    assertEquals(7, sh("exit 7", Map.of()));
    assertEquals(128 + 9, sh("kill -9 $$", Map.of()));
  }

  @Test
  void run_withVariables_passesThemOn() throws Exception {
    assertEquals(
        5, sh("[ \"$GOPROXY\" = x ] && [ -n \"$PATH\" ] && exit 5", Map.of("GOPROXY", "x")));
  }

  @Test
  void run_afterASignal_startsNothing() throws Exception {
    Path trace = folder.resolve("ran");
    Child child = new Child(List.of("touch", trace.toString()), Map.of());
    child.signal("TERM");
    assertEquals(128 + 15, child.run());
    assertTrue(Files.notExists(trace));
  }

  @Test
  void obstacle_toACommandThatCanRun_isNone() throws IOException {
    Path good = Files.createFile(folder.resolve("good"));
    assertTrue(good.toFile().setExecutable(true));
    assertEquals(Optional.empty(), Child.obstacle(good.toString(), ""));
    assertEquals(Optional.empty(), Child.obstacle("good", "/nowhere:" + folder));
  }

  @Test
  void obstacle_toACommandThatIsMissing_is127() {
    assertEquals(
        Optional.of(new Child.Obstacle(127, "nosuch: no such command in PATH")),
        Child.obstacle("nosuch", "/nowhere:" + folder));
    assertEquals(
        Optional.of(new Child.Obstacle(127, "./nosuch: there is no such file")),
        Child.obstacle("./nosuch", folder.toString()));
  }

  @Test
  void obstacle_toAFileThatIsNoProgram_is126() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    String sentence = plain + ": it is not a program that may be run";
    Optional<Child.Obstacle> expected = Optional.of(new Child.Obstacle(126, sentence));
    assertEquals(expected, Child.obstacle(plain.toString(), ""));
    assertEquals(expected, Child.obstacle("plain", folder.toString()));
    assertEquals(126, Child.obstacle(folder.toString(), "").map(Child.Obstacle::exit).orElse(0));
  }

  private static int sh(String script, Map<String, String> more) throws Exception {
    return new Child(List.of("sh", "-c", script), more).run();
  }
}
