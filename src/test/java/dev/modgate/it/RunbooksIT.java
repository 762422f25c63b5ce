package dev.modgate.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/**
 * Every command of the runbooks, while its fault is there, before, and after. What stands below
 * "Confirm" says yes only during the fault, what stands below "It is over when" only after it.
 */
final class RunbooksIT {

  private static final int ROOM = 640 << 20;

  /** Calls after which a breaker judges: more than a test makes. */
  private static final int NEVER = 10_000;

  @TempDir Path folder;

  @Test
  void breakerOpen_everyCommand_saysYesExactlyWhenItShould() throws Exception {
    try (RunbookScene scene = scene("ModgateBreakerOpen", NEVER)) {
      scene.assertQuiet();
      StubMapping fault = breakDown(scene.world.liar);
      scene.assertFaulty(() -> {
        assertEquals(200, scene.fetch(scene.publish(), ".mod"));
        assertEquals(200, scene.fetch(scene.publish(), ".mod"));
      });
      scene.world.liar.removeStub(fault);
      scene.assertOver(() -> scene.fetch(scene.publish(), ".mod"));
    }
  }

  @Test
  void mirrorLying_everyCommand_saysYesExactlyWhenItShould() throws Exception {
    try (RunbookScene scene = scene("ModgateMirrorLying", NEVER)) {
      scene.assertQuiet();
      List<FakeModule> touched = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        FakeModule module = scene.publish();
        touched.add(module);
        HermeticWorld.answer(
            scene.world.liar, module.base() + ".zip", aResponse().withBody(other(module).zip()));
      }
      scene.assertFaulty(() -> {
        for (FakeModule module : touched) {
          assertEquals(200, scene.fetch(module, ".zip"));
        }
      });
      scene.act();
      scene.assertOver(() -> assertEquals(200, scene.fetch(scene.publish(), ".zip")));
      scene.restart();
      scene.assertOver(() -> assertEquals(200, scene.fetch(touched.getFirst(), ".zip")));
    }
  }

  @Test
  void logUnreachable_everyCommand_saysYesExactlyWhenItShould() throws Exception {
    try (RunbookScene scene = scene("ModgateLogUnreachable", NEVER)) {
      scene.mirrorUrl(scene.world.honest);
      scene.assertQuiet();
      scene.world.log.down(true);
      scene.assertFaulty(() -> assertEquals(503, scene.fetch(scene.publish(), ".zip")));
      scene.world.log.down(false);
      scene.assertOver(() -> assertEquals(200, scene.fetch(scene.publish(), ".zip")));
    }
  }

  @Test
  void logForked_everyCommand_saysYesExactlyWhenItShould() throws Exception {
    try (RunbookScene scene = scene("ModgateLogForked", NEVER)) {
      scene.assertQuiet();
      FakeLog other = scene.world.log.fork();
      assertEquals(200, scene.fetch(scene.publish(), ".zip"));
      FakeModule late = scene.publish().in(other);
      other.addMany(9);
      scene.world.show(other);
      scene.assertFaulty(() -> assertEquals(403, scene.fetch(late, ".zip")));
      scene.world.show(scene.world.log);
      scene.restart();
      assertEquals(403, scene.fetch(scene.publish(), ".zip"));
      scene.act();
      scene.restart();
      scene.assertOver(() -> assertEquals(200, scene.fetch(late, ".zip")));
    }
  }

  @Test
  void diskFull_everyCommand_saysYesExactlyWhenItShould() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Optional<String> refusal =
        FullDiskIT.run("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", data);
    if (refusal.isPresent()) {
      System.err.println("RunbooksIT: NOT checked: ModgateDiskFull; mount: " + refusal.get());
      return;
    }
    try (RunbookScene scene = scene("ModgateDiskFull", NEVER)) {
      scene.assertQuiet();
      Path ballast = fill(scene.data());
      scene.assertFaulty(() -> {
        fill(scene.data());
        for (String kind : List.of(".info", ".mod", ".zip")) {
          scene.fetch(scene.publish(), kind);
        }
      });
      scene.act();
      Files.delete(ballast);
      scene.assertOver(() -> scene.fetch(scene.publish(), ".zip"));
    } finally {
      assertEquals(Optional.empty(), FullDiskIT.run("umount", data));
    }
  }

  @Test
  void allMirrorsDown_everyCommand_saysYesExactlyWhenItShould() throws Exception {
    try (RunbookScene scene = scene("ModgateAllMirrorsDown", 2)) {
      scene.assertQuiet();
      StubMapping first = breakDown(scene.world.liar);
      StubMapping second = breakDown(scene.world.honest);
      scene.assertFaulty(() -> scene.fetch(scene.publish(), ".zip"));
      scene.act();
      scene.world.liar.removeStub(first);
      scene.world.honest.removeStub(second);
      scene.assertOver(() -> scene.fetch(scene.publish(), ".zip"));
    }
  }

  @Test
  void planted_commandThatAlwaysSaysYes_isNoticed() throws Exception {
    Runbook planted =
        Runbook.of("Planted", "### Confirm\n```sh\necho yes\n```\n### It is over when\n");
    try (RunbookScene scene = new RunbookScene(planted, folder, NEVER)) {
      assertThrows(AssertionFailedError.class, scene::assertQuiet);
    }
  }

  @Test
  void planted_commandThatNeverSaysYes_isNoticed() throws Exception {
    Runbook planted =
        Runbook.of("Planted", "### What to do\n```sh\ncurl -sf \"$ADMIN/nowhere\"\n```\n");
    try (RunbookScene scene = new RunbookScene(planted, folder, NEVER)) {
      assertThrows(AssertionFailedError.class, scene::act);
    }
  }

  /**
   * The time to the first byte has no value below 16 answers; a collector is configured, a copy of
   * the traffic is not; no breaker opens, and nothing is logged.
   */
  @Test
  void metrics_ofARunningGate_areThoseOfTheDocument() throws Exception {
    try (RunbookScene scene = scene("ModgateBreakerOpen", NEVER)) {
      Set<String> documented = RunbooksTest.documentedMetrics();
      documented.removeIf(name -> name.startsWith("modgate_traffic_"));
      documented.removeAll(Set.of("modgate_breaker_transitions_total", "processedLogs_total"));
      for (int i = 0; i < 16; i++) {
        assertEquals(200, scene.fetch(scene.publish(), ".mod"));
      }
      scene.awaitSpans();
      Set<String> real = scene.metrics();
      assertTrue(real.remove("target_info"), real.toString());
      assertEquals(documented, real);
    }
  }

  private RunbookScene scene(String name, int window) throws Exception {
    return new RunbookScene(Runbook.read(name), folder, window);
  }

  private static StubMapping breakDown(WireMockServer mirror) {
    return mirror.stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(503)));
  }

  private static FakeModule other(FakeModule module) {
    return new FakeModule(module.version().toString(), "package fake // another\n");
  }

  /** Writes until nothing fits any more. */
  private static Path fill(Path data) {
    Path ballast = data.resolve("ballast");
    byte[] block = "full".repeat(1 << 18).getBytes(UTF_8);
    for (int size = block.length; size >= 1; size /= 2) {
      try (OutputStream out =
          Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(block, 0, size);
        }
      } catch (IOException full) {
        // A smaller block may fit.
      }
    }
    return ballast;
  }
}
