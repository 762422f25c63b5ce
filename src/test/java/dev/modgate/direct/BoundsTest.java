package dev.modgate.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.chain.Deadline;
import dev.modgate.chain.Failure;
import dev.modgate.chain.Reply;
import dev.modgate.verify.module.ModulePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds of a run that the mirror's own tests don't reach. */
final class BoundsTest {

  private static final ModulePath MODULE = ModulePath.parse("direct.test/m").orThrow();

  @TempDir private Path folder;

  @Test
  void run_moreOnDiskThanAllowed_isEnded() throws Exception {
    BoundedProcess process = new BoundedProcess(Duration.ofMinutes(5), 10, 1 << 20, () -> false);
    List<String> command = List.of("/bin/sh", "-c", "head -c 2000000 /dev/zero > f; sleep 600");
    Sandbox sandbox = Sandbox.at(folder.resolve("sandbox"));
    try (sandbox) {
      assertEquals(
          new BoundedProcess.TooMuchDisk(), process.run(command, environment(sandbox), sandbox));
    }
    assertFalse(Files.exists(folder.resolve("sandbox")));
  }

  @Test
  void run_standardInput_isAtItsEnd() throws Exception {
    BoundedProcess process = new BoundedProcess(Duration.ofMinutes(5), 10, 1 << 20, () -> false);
    try (Sandbox sandbox = Sandbox.at(folder.resolve("sandbox"))) {
      assertEquals(
          new BoundedProcess.Exited(0, "", ""),
          process.run(List.of("/bin/cat"), environment(sandbox), sandbox));
    }
  }

  private static Map<String, String> environment(Sandbox sandbox) {
    return Map.of("PATH", "/usr/bin:/bin", SandboxEnvironment.MARK, sandbox.mark());
  }

  @Test
  void close_readOnlyFoldersAndLinks_areRemovedAndNotFollowed() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    try (Sandbox sandbox = Sandbox.at(folder.resolve("sandbox"))) {
      Path outer = sandbox.folder("mod").resolve("a");
      Path inner = Files.createDirectories(outer.resolve("b"));
      Files.writeString(inner.resolve("f"), "f");
      Files.createSymbolicLink(inner.resolve("link"), outside);
      assertTrue(inner.toFile().setWritable(false));
      assertTrue(outer.toFile().setWritable(false));
    }
    assertFalse(Files.exists(folder.resolve("sandbox")));
    assertEquals("kept", Files.readString(outside.resolve("kept")));
  }

  @Test
  void run_noPlaceInTime_isBusy() throws Exception {
    FakeGo go = new FakeGo(folder).does("echo started > OUT/started\nexec sleep 600\n");
    GoRunner runner = new GoRunner(go.settings(), go::next, Duration.ofMillis(50));
    FutureTask<GoRunner.Outcome<String>> first = new FutureTask<>(() -> run(runner));
    try (runner) {
      Thread.ofVirtual().start(first);
      assertEquals("started", go.awaitLine("started"));
      assertEquals(new GoRunner.Nothing<String>(new Reply.Failed(new Failure.Busy())), run(runner));
    }
    assertInstanceOf(GoRunner.Nothing.class, first.get());
  }

  private static GoRunner.Outcome<String> run(GoRunner runner) {
    return runner.run(
        MODULE,
        List.of("version"),
        Deadline.in(Duration.ofMinutes(5)),
        (exited, _, _) -> new GoRunner.Brought<>(exited.output()));
  }

  /** Only what carries the mark is ended; the positive control is that it was there. */
  @Test
  void end_processesOfTwoSandboxes_endsThoseOfOne() throws Exception {
    Process one = sleeper("one");
    Process same = sleeper("one");
    Process other = sleeper("one2");
    try {
      ProcessTree.end(one, "one");
      assertFalse(one.isAlive());
      assertFalse(same.isAlive());
      assertTrue(other.isAlive());
    } finally {
      other.destroyForcibly();
    }
  }

  private static Process sleeper(String mark) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sleep", "600");
    builder.environment().put(SandboxEnvironment.MARK, mark);
    return builder.start();
  }
}
