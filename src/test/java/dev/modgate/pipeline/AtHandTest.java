package dev.modgate.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import dev.modgate.protocol.Request;
import dev.modgate.verify.module.ModulePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered without blocking, and for how long. */
final class AtHandTest {

  private static final String MOD = "cache/download/good.test/a/@v/v1.0.0.mod";

  @TempDir Path data;

  private final FakeModule a = new FakeModule("good.test/a@v1.0.0");
  private final Request.GoMod mod = new Request.GoMod(a.version());
  private final Request.Info info = new Request.Info(a.version());
  private final Request.VersionList list =
      new Request.VersionList(ModulePath.parse("good.test/a").orThrow());

  @Test
  void whatNobodyAskedFor_isNotAtHand() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      assertEquals(Optional.empty(), world.askAtOnce(mod));
    }
  }

  @Test
  void artifact_thatCameFromTheStore_isAtHandAndWrittenDown() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      world.ask(mod);
      assertEquals(Optional.empty(), world.askAtOnce(mod));
      world.ask(mod);
      var again = assertInstanceOf(Outcome.Artifact.class, world.askAtOnce(mod).orElseThrow());
      assertEquals("store", again.mirror());
      assertArrayEquals(a.goMod(), again.held().orElseThrow().bytes());
      assertEquals(3, world.ledger.decisions().get("proven"));
      List<String> lines = world.audit();
      assertEquals(3, lines.size());
      assertTrue(
          lines.getLast().contains("\"verdict\":\"proven\",\"tree\":1,\"mirror\":\"store\""));
    }
  }

  @Test
  void info_thatCameFromTheStore_isTheSameText() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      Outcome.Text cold = assertInstanceOf(Outcome.Text.class, world.ask(info));
      world.ask(info);
      Outcome.Text again =
          assertInstanceOf(Outcome.Text.class, world.askAtOnce(info).orElseThrow());
      assertEquals("first", cold.mirror());
      assertEquals("store", again.mirror());
      assertArrayEquals(cold.content().bytes(), again.content().bytes());
      assertEquals(cold.standing(), again.standing());
    }
  }

  /** The bytes that were proven are served for a moment more, then the file is looked at. */
  @Test
  void artifact_changedOnDisk_isNoticedWhenTheMomentIsOver() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      world.ask(mod);
      world.ask(mod);
      Files.writeString(world.file(MOD), "module good.test/evil\n", UTF_8);
      var within = assertInstanceOf(Outcome.Artifact.class, world.askAtOnce(mod).orElseThrow());
      assertArrayEquals(a.goMod(), within.held().orElseThrow().bytes());
      world.nanos += AtHand.MOMENT.toNanos();
      assertEquals(Optional.empty(), world.askAtOnce(mod));
      var anew = assertInstanceOf(Outcome.Artifact.class, world.ask(mod));
      assertArrayEquals(a.goMod(), anew.held().orElseThrow().bytes());
      assertEquals(1, world.ledger.decisions().get("refuted"));
    }
  }

  @Test
  void everything_onceALogIsCaughtLying_isAskedAgain() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      world.ask(mod);
      world.ask(mod);
      world.trusted = false;
      assertEquals(Optional.empty(), world.askAtOnce(mod));
      world.trusted = true;
      assertTrue(world.askAtOnce(mod).isPresent());
    }
  }

  @Test
  void list_thatIsStale_isNotAtHand() throws Exception {
    try (World world = new World(data)) {
      world.first.modules.put(list.path(), "v1.0.0\n".getBytes(UTF_8));
      world.ask(list);
      world.ask(list);
      assertTrue(world.askAtOnce(list).isPresent());
      world.nanos += AtHand.MOMENT.toNanos();
      world.now = world.now.plus(Duration.ofHours(1));
      world.first.down = true;
      world.second.down = true;
      var stale = assertInstanceOf(Outcome.Text.class, world.ask(list));
      assertInstanceOf(Outcome.Lifetime.Stale.class, stale.lifetime());
      assertEquals(Optional.empty(), world.askAtOnce(list));
    }
  }

  /** It must not be an older one than the last that was given. */
  @Test
  void headOfTheLog_isNeverAtHand() throws Exception {
    try (World world = new World(data)) {
      world.first.serve(a.in(world.log));
      world.ask(mod);
      Request.LatestHead head = new Request.LatestHead("log.test");
      assertInstanceOf(Outcome.Text.class, world.ask(head));
      assertEquals(Optional.empty(), world.askAtOnce(head));
    }
  }

  @Test
  void whatIsAbsentOrRefused_isNotAtHand() throws Exception {
    try (World world = new World(data)) {
      assertInstanceOf(Outcome.Absent.class, world.ask(info));
      assertEquals(Optional.empty(), world.askAtOnce(info));
      world.first.serve(new FakeModule("good.test/a@v1.0.0", "package evil\n"));
      a.in(world.log);
      assertInstanceOf(Outcome.Refused.class, world.ask(new Request.Zip(a.version())));
      assertEquals(Optional.empty(), world.askAtOnce(new Request.Zip(a.version())));
    }
  }
}
