package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that contradicts itself, forgets, or answers as the three CVEs of 2026 have it. */
final class LyingLogIT {

  @TempDir Path folder;

  @Test
  void forkedLog_isRefusedWithEvidence_alsoAfterARestartAndForWhatIsStored() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule before = world.publish("log.test/before@v1.0.0");
      FakeLog other = world.log.fork();
      world.log.addMany(3);
      FakeModule after = world.publish("log.test/after@v1.0.0");
      after.in(other);
      other.addMany(9);
      try (ModgateProcess modgate = world.serve("data", "honest")) {
        assertServed(world, modgate, after);
        world.show(other);
        FakeModule next = new FakeModule("log.test/next@v1.0.0").in(other);
        HermeticWorld.serve(world.honest, next);
        assertRefused(world, modgate, next, "one");
        assertRefused(world, modgate, after, "two");
        assertTrue(modgate.output().contains("SECURITY"), modgate.output());
      }
      Path evidence =
          world.data("data").resolve("sumdb/" + HermeticWorld.DATABASE + "/fork/evidence.txt");
      assertEquals(2, count(Files.readString(evidence), "go.sum database tree"));
      world.show(world.log);
      try (ModgateProcess modgate = world.serve("data", "honest")) {
        assertRefused(world, modgate, before, "three");
        assertRefused(world, modgate, after, "four");
      }
    }
  }

  @Test
  void rolledBackLog_doesNotMoveOurHeadBack_andWhatItForgotIsRefused() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      world.log.addMany(300);
      FakeModule late = world.publish("log.test/late@v1.0.0");
      FakeModule latest = world.publish("log.test/latest@v1.0.0");
      Path head = world.data("data").resolve("sumdb/" + HermeticWorld.DATABASE + "/latest");
      byte[] known;
      try (ModgateProcess modgate = world.serve("data", "honest")) {
        assertServed(world, modgate, late);
        known = Files.readAllBytes(head);
        world.log.rollBack(2);
        assertRefused(world, modgate, latest, "one");
        assertArrayEquals(known, Files.readAllBytes(head));
      }
      try (ModgateProcess modgate = world.serve("data", "honest")) {
        assertRefused(world, modgate, latest, "two");
        assertServed(world, modgate, late);
        assertArrayEquals(known, Files.readAllBytes(head));
      }
    }
  }

  @Test
  void cve42501_recordOfAnotherModule_isRefused() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule good = world.publish("log.test/good@v1.0.0");
      FakeModule evil = new FakeModule("log.test/evil@v1.0.0");
      HermeticWorld.serve(world.honest, evil);
      world.log.answerWith("log.test/evil@v1.0.0", "log.test/good@v1.0.0");
      assertRefusedTwice(world, evil);
      assertServedBy(world, good);
    }
  }

  @Test
  void cve56864_linesInTheNoteAreNoRecord() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule good = world.publish("log.test/good@v1.0.0");
      FakeModule evil = new FakeModule("log.test/evil@v1.0.0");
      HermeticWorld.serve(world.honest, evil);
      world.log.signExtraLines(
          "log.test/evil v1.0.0 %s\nlog.test/evil v1.0.0/go.mod %s\n"
              .formatted(evil.zipH1(), evil.goModH1()));
      world.log.answerWith("log.test/evil@v1.0.0", "log.test/good@v1.0.0");
      assertRefusedTwice(world, evil);
      assertServedBy(world, good);
    }
  }

  @Test
  void cve56865_aTileThatDoesNotFitItsParent_isRefusedAndNotSaved() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule victim = world.publish("log.test/victim@v1.0.0");
      world.log.addMany(700);
      world.log.flip(new Tile(8, 0, 0, 1), 0);
      assertRefusedTwice(world, victim);
      Path tile =
          world
              .data("data")
              .resolve("cache/download/sumdb/" + HermeticWorld.DATABASE + "/tile/8/0/000");
      assertFalse(Files.exists(tile));
    }
  }

  private void assertRefusedTwice(HermeticWorld world, FakeModule module) throws Exception {
    for (String run : new String[] {"one", "restarted"}) {
      try (ModgateProcess modgate = world.serve("data", "honest")) {
        assertRefused(world, modgate, module, run);
      }
    }
    assertTrue(
        ModgateProcess.audit(world.data("data")).stream()
            .anyMatch(line -> line.contains("\"verdict\":\"refused\"")));
  }

  private void assertServedBy(HermeticWorld world, FakeModule module) throws Exception {
    try (ModgateProcess modgate = world.serve("data", "honest")) {
      assertServed(world, modgate, module);
    }
  }

  private static void assertServed(HermeticWorld world, ModgateProcess modgate, FakeModule module)
      throws IOException, InterruptedException {
    GoCommand go = world.go("served-" + System.nanoTime(), modgate.url());
    GoCommand.Result result = go.run("mod", "download", module.version().toString());
    assertEquals(0, result.exit(), result.output());
  }

  /**
   * With its own check off, so that the refusal is ours, and with a way to go that it must not go.
   */
  private static void assertRefused(
      HermeticWorld world, ModgateProcess modgate, FakeModule module, String run)
      throws IOException, InterruptedException {
    String name = "refused-" + run + "-" + module.version().path().text().hashCode();
    GoCommand go = world.go(name, modgate.url() + ",direct").with("GONOSUMDB", "*");
    GoCommand.Result result = go.run("mod", "download", module.version().toString());
    assertEquals(1, result.exit(), result.output());
    assertTrue(result.output().contains("403 Forbidden"), result.output());
    assertTrue(result.output().contains("modgate refused"), result.output());
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
