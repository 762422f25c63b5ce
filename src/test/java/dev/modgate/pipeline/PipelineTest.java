package dev.modgate.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import dev.modgate.protocol.Request;
import dev.modgate.verify.Provenance;
import dev.modgate.verify.module.ModulePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a request, told as stories. */
final class PipelineTest {

  private static final String ZIP = "cache/download/good.test/a/@v/v1.0.0.zip";

  @TempDir Path data;

  private final FakeModule a = new FakeModule("good.test/a@v1.0.0");
  private final Request.Zip zip = new Request.Zip(a.version());
  private final Request.GoMod mod = new Request.GoMod(a.version());
  private final Request.Info info = new Request.Info(a.version());

  @Test
  void artifact_coldThenWarm_isProvenOnceAndServedFromTheStore() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      Outcome.Artifact cold = artifact(world.ask(zip));
      assertEquals("first", cold.mirror());
      assertEquals(a.zipH1(), cold.stored().h1());
      assertEquals(new Provenance.Logged("log.test", 1, 0), cold.stored().provenance());
      assertEquals("store", artifact(world.ask(zip)).mirror());
      assertEquals(1, world.first.asked.size());
      assertArrayEquals(a.zip(), Files.readAllBytes(world.file(ZIP)));
    }
  }

  @Test
  void artifact_lyingFirst_isServedBySecondAndTheLiarIsNamed() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(new FakeModule("good.test/a@v1.0.0", "package evil\n"));
      world.second.serve(a.in(world.log));
      assertEquals("second", artifact(world.ask(zip)).mirror());
      assertArrayEquals(a.zip(), Files.readAllBytes(world.file(ZIP)));
      assertEquals(1, world.evidence());
      assertEquals(1, world.ledger.decisions().get("refuted"));
      assertEquals(1, world.ledger.decisions().get("proven"));
      assertEquals(0, world.ledger.decisions().get("unavailable"));
      String lie = world.audit().getFirst();
      assertTrue(lie.contains("\"verdict\":\"refuted\",\"mirror\":\"first\""), lie);
    }
  }

  /** Large enough to be read ahead while it comes in. */
  @Test
  void artifact_largeZip_isJudgedAsAnyOther() throws Exception {
    String noise = noise();
    FakeModule large = new FakeModule("good.test/a@v1.0.0", noise);
    try (World world = new World(data)) {
      large.in(world.log);
      world.first.serve(new FakeModule("good.test/a@v1.0.0", noise + "// evil\n"));
      world.second.serve(large);
      assertEquals("second", artifact(world.ask(zip)).mirror());
      assertArrayEquals(large.zip(), Files.readAllBytes(world.file(ZIP)));
      assertEquals(1, world.evidence());
    }
  }

  private static String noise() {
    StringBuilder noise = new StringBuilder("package a\n");
    new Random(1).ints(100_000).forEach(number -> noise.append("// ").append(number).append('\n'));
    return noise.toString();
  }

  /** A file where a folder has to be is to the store what a full disk is. */
  @Test
  void artifact_thatCannotBeKept_isUnavailableAndCounted() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      Files.createFile(world.file("cache/download/good.test"));
      assertInstanceOf(Outcome.Unavailable.class, world.ask(mod));
      assertEquals(1, world.ledger.diskFailures());
      assertEquals(1, world.ledger.decisions().get("unavailable"));
      Files.delete(world.file("cache/download/good.test"));
      artifact(world.ask(mod));
      assertEquals(1, world.ledger.diskFailures());
    }
  }

  @Test
  void artifact_everyMirrorLies_isRefusedAndNothingIsStored() throws Exception {
    try (World world = new World(data)) {
      FakeModule evil = new FakeModule("good.test/a@v1.0.0", "package evil\n");
      a.in(world.log);
      world.first.serve(evil);
      world.second.serve(evil);
      assertEquals("checksum-mismatch", refusal(world.ask(zip)).rule());
      assertFalse(Files.exists(world.file(ZIP)));
      assertEquals(2, world.evidence());
    }
  }

  @Test
  void artifact_oneLiesAndOneIsDown_isRefusedAsALie() throws Exception {
    try (World world = new World(data)) {
      a.in(world.log);
      world.first.serve(new FakeModule("good.test/a@v1.0.0", "package evil\n"));
      world.second.down = true;
      assertEquals("checksum-mismatch", refusal(world.ask(zip)).rule());
    }
  }

  @Test
  void mod_andZip_areHeldAgainstTheirOwnLines() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      world.first.modules.put(a.base() + ".mod", "module good.test/evil\n".getBytes(UTF_8));
      assertEquals("checksum-mismatch", refusal(world.ask(mod)).rule());
      assertInstanceOf(Outcome.Artifact.class, world.ask(zip));
    }
  }

  @Test
  void artifact_notInTheLog_isRefusedAndNeverAbsent() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a);
      assertEquals("not-logged", refusal(world.ask(zip)).rule());
      assertEquals("not-logged", refusal(world.ask(info)).rule());
    }
  }

  @Test
  void artifact_logDown_isUnavailableAndNeverAbsent() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      world.log.down(true);
      Outcome.Unavailable outcome = assertInstanceOf(Outcome.Unavailable.class, world.ask(zip));
      assertEquals(Outcome.Cause.NOT_NOW, outcome.cause());
      world.log.down(false);
      assertInstanceOf(Outcome.Artifact.class, world.ask(zip));
    }
  }

  @Test
  void artifact_nobodyHasIt_isAbsent() throws Exception {
    try (World world = new World(data)) {
      assertEquals(new Outcome.Absent(404, "not found"), world.ask(zip));
    }
  }

  @Test
  void artifact_everythingDownAfterwards_isServedAndProvenFromTheStore() throws Exception {
    World before = new World(data);
    before.first.serve(a.in(before.log));
    before.ask(zip);
    before.ask(mod);
    before.ask(info);
    before.close();
    try (World after = new World(data)) {
      after.first.down = true;
      after.second.down = true;
      after.log.down(true);
      assertEquals("store", artifact(after.ask(zip)).mirror());
      assertEquals("store", artifact(after.ask(mod)).mirror());
      assertInstanceOf(Outcome.Text.class, after.ask(info));
      assertInstanceOf(
          Outcome.Text.class, after.ask(new Request.LogRecordOf("log.test", a.version())));
      assertInstanceOf(Outcome.Text.class, after.ask(new Request.LatestHead("log.test")));
    }
  }

  @Test
  void artifact_oneBitFlippedOnDisk_isNoticedEvictedAndFetchedAgain() throws Exception {
    World before = new World(data);
    before.first.serve(a.in(before.log));
    before.ask(zip);
    byte[] bytes = Files.readAllBytes(before.file(ZIP));
    bytes[40] ^= 1;
    Files.write(before.file(ZIP), bytes);
    try (World after = before.restarted()) {
      a.in(after.log);
      assertEquals("first", artifact(after.ask(zip)).mirror());
      assertArrayEquals(a.zip(), Files.readAllBytes(after.file(ZIP)));
    }
  }

  @Test
  void artifact_changedWhileRunning_isJudgedAgain() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      world.ask(zip);
      Files.write(world.file(ZIP), "not a zip at all".getBytes(UTF_8));
      assertEquals("first", artifact(world.ask(zip)).mirror());
      assertEquals(1, world.evidence());
    }
  }

  @Test
  void artifact_aLinkInItsPlace_isNotFollowed() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      Path outside = Files.write(data.resolve("outside"), a.zip());
      Files.createDirectories(world.file(ZIP).getParent());
      Files.createSymbolicLink(world.file(ZIP), outside);
      assertEquals("first", artifact(world.ask(zip)).mirror());
      assertTrue(Files.isRegularFile(world.file(ZIP), java.nio.file.LinkOption.NOFOLLOW_LINKS));
    }
  }

  @Test
  void artifact_aThousandClients_isFetchedOnce() throws Exception {
    try (World world = new World(data);
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      world.first.serve(a.in(world.log));
      CountDownLatch gate = new CountDownLatch(1);
      world.first.held = java.util.Optional.of(gate);
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        outcomes.add(clients.submit(() -> world.ask(zip)));
      }
      gate.countDown();
      for (Future<Outcome> outcome : outcomes) {
        assertInstanceOf(Outcome.Artifact.class, outcome.get());
      }
      assertEquals(1, world.first.asked.size());
    }
  }

  @Test
  void artifact_theFirstClientGoesAway_theOthersGetIt() throws Exception {
    try (World world = new World(data);
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      world.first.serve(a.in(world.log));
      CountDownLatch gate = new CountDownLatch(1);
      world.first.held = java.util.Optional.of(gate);
      Future<Outcome> leader = clients.submit(() -> world.ask(zip));
      while (world.first.asked.isEmpty()) {
        Thread.onSpinWait();
      }
      Future<Outcome> follower = clients.submit(() -> world.ask(zip));
      leader.cancel(true);
      gate.countDown();
      assertInstanceOf(Outcome.Artifact.class, follower.get());
      assertEquals(1, world.first.asked.size());
    }
  }

  @Test
  void info_aboutAnotherVersion_isRefused() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      world.first.modules.put(a.base() + ".info", "{\"Version\":\"v9.9.9\"}".getBytes(UTF_8));
      assertEquals("checksum-mismatch", refusal(world.ask(info)).rule());
    }
  }

  @Test
  void list_olderThanItsTime_isAskedAgainAndServedStaleWhenNobodyAnswers() throws Exception {
    Request list = new Request.VersionList(ModulePath.parse("good.test/a").orThrow());
    try (World world = new World(data)) {
      world.first.modules.put(list.path(), "v1.0.0\nnot-a-version\n".getBytes(UTF_8));
      assertEquals("v1.0.0\n", body(world.ask(list)));
      world.first.modules.put(list.path(), "v1.0.0\nv1.1.0\n".getBytes(UTF_8));
      assertEquals("v1.0.0\n", body(world.ask(list)));
      world.now = world.now.plus(Duration.ofSeconds(61));
      assertEquals("v1.0.0\nv1.1.0\n", body(world.ask(list)));
      world.now = world.now.plus(Duration.ofDays(2));
      world.first.down = true;
      world.second.down = true;
      Outcome.Text stale = assertInstanceOf(Outcome.Text.class, world.ask(list));
      assertEquals(new Outcome.Lifetime.Stale(Duration.ofDays(2)), stale.lifetime());
      world.now = world.now.minus(Duration.ofDays(4000));
      assertInstanceOf(Outcome.Text.class, world.ask(list));
    }
  }

  @Test
  void list_thatIsAWebPage_isALie() throws Exception {
    Request list = new Request.VersionList(ModulePath.parse("good.test/a").orThrow());
    try (World world = new World(data)) {
      world.first.modules.put(list.path(), "<html>log in first</html>".getBytes(UTF_8));
      world.second.modules.put(list.path(), "v1.0.0\n".getBytes(UTF_8));
      assertEquals("v1.0.0\n", body(world.ask(list)));
    }
  }

  @Test
  void latest_absent_isBelievedForAShortTime() throws Exception {
    Request latest = new Request.Latest(ModulePath.parse("good.test/a").orThrow());
    try (World world = new World(data)) {
      assertInstanceOf(Outcome.Absent.class, world.ask(latest));
      world.first.modules.put(latest.path(), a.info());
      assertInstanceOf(Outcome.Absent.class, world.ask(latest));
      world.now = world.now.plus(Duration.ofSeconds(11));
      assertInstanceOf(Outcome.Text.class, world.ask(latest));
    }
  }

  @Test
  void exempt_module_isServedAndRecordedAsUnlogged() throws Exception {
    try (World world = new World(data, List.of("good.test"), List.of())) {
      world.first.serve(a);
      assertEquals(
          new Provenance.Unlogged("good.test"), artifact(world.ask(zip)).stored().provenance());
      assertEquals(List.of(), world.log.requests());
      assertTrue(world.audit().getFirst().contains("\"verdict\":\"unlogged\""));
    }
  }

  @Test
  void private_module_isNamedToNoPublicMirrorAndNoLog() throws Exception {
    try (World world = new World(data, List.of(), List.of("good.test"))) {
      world.first.serve(a);
      world.second.serve(a);
      assertEquals("second", artifact(world.ask(zip)).mirror());
      Outcome lookup = world.ask(new Request.LogRecordOf("log.test", a.version()));
      assertEquals("goprivate", refusal(lookup).rule());
      assertEquals(List.of(), world.first.asked);
      assertEquals(List.of(), world.log.requests());
    }
  }

  @Test
  void toolchain_isNeverExempt() throws Exception {
    FakeModule toolchain = new FakeModule("golang.org/toolchain@v0.0.1-go1.99.0.linux-amd64");
    try (World world = new World(data, List.of("golang.org"), List.of("golang.org"))) {
      world.first.serve(toolchain);
      Outcome outcome = world.ask(new Request.Zip(toolchain.version()));
      assertEquals("not-logged", refusal(outcome).rule());
    }
  }

  @Test
  void zip_ofAnHtmlPage_isRefutedAsABadZip() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      world.first.modules.put(a.base() + ".zip", "<html></html>".getBytes(UTF_8));
      assertTrue(refusal(world.ask(zip)).reason().contains("no sound zip"));
    }
  }

  private static Outcome.Artifact artifact(Outcome outcome) {
    return assertInstanceOf(Outcome.Artifact.class, outcome);
  }

  private static Refusal refusal(Outcome outcome) {
    return assertInstanceOf(Outcome.Refused.class, outcome).refusal();
  }

  private static String body(Outcome outcome) {
    return new String(assertInstanceOf(Outcome.Text.class, outcome).content().bytes(), UTF_8);
  }
}
