package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data directory on a file system that fills up, and the real go command. It needs the right to
 * mount a tmpfs.
 */
final class FullDiskIT {

  private static final int DISK = 4 << 20;
  private static final int BALLAST = 2 << 20;
  private static final int MODULE = 200_000;

  @TempDir Path folder;

  @Test
  void diskIsFull_storedModulesPass_newOnesAreUnavailable_andAllPassesOnceThereIsRoom()
      throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Optional<String> refusal = run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", data);
    if (refusal.isPresent()) {
      System.err.println("FullDiskIT: NOT checked: a full disk; mount: " + refusal.get());
      return;
    }
    try (ModuleSource modules = new ModuleSource(folder)) {
      fillAndFree(modules, data);
    } finally {
      assertEquals(Optional.empty(), run("umount", data));
    }
  }

  private void fillAndFree(ModuleSource modules, Path data) throws Exception {
    GateWitness witness = modules.witness();
    Path ballast = Files.write(data.resolve("ballast"), new byte[BALLAST]);
    FakeModule stored = modules.next(witness, MODULE);
    FakeModule late;
    try (ModgateProcess gate = modules.gate(data, List.of())) {
      assertDownloads(modules, gate, "before", stored);
      for (String kind : List.of(".info", ".mod", ".zip")) {
        assertEquals(200, witness.fetch(gate.url(), stored.base() + kind));
      }
      late = fill(modules, witness, gate);
      assertDownloads(modules, gate, "full", stored);
      assertCutOff(modules, gate, late);
      assertEquals(200, witness.status(gate.admin(), "/healthz"));
      Files.delete(ballast);
      while (witness.status(gate.admin(), "/readyz") != 200) {
        Thread.sleep(10);
      }
      assertDownloads(modules, gate, "after", late);
      witness.assertStands(gate.url());
    }
    try (ModgateProcess gate = modules.gate(data, List.of())) {
      modules.mirror.withoutModules(true);
      assertDownloads(modules, gate, "restarted", late);
      witness.assertStands(gate.url());
    }
    assertAuditTells(data);
  }

  /** Asks for new modules until one does not pass any more; returns it. */
  private static FakeModule fill(ModuleSource modules, GateWitness witness, ModgateProcess gate)
      throws IOException, InterruptedException {
    for (int i = 0; i < 10 * DISK / MODULE; i++) {
      FakeModule module = modules.next(witness, MODULE);
      for (String kind : List.of(".info", ".mod", ".zip")) {
        int status = witness.fetch(gate.url(), module.base() + kind);
        if (status != 200) {
          assertEquals(503, status);
          return module;
        }
      }
    }
    throw new AssertionError("the disk does not fill up");
  }

  private void assertDownloads(
      ModuleSource modules, ModgateProcess gate, String name, FakeModule module) throws Exception {
    GoCommand.Result result = download(modules, gate, name, module);
    assertEquals(0, result.exit(), name + ": " + result.output());
  }

  private void assertCutOff(ModuleSource modules, ModgateProcess gate, FakeModule module)
      throws Exception {
    GoCommand.Result result = download(modules, gate, "cut-off", module);
    assertEquals(1, result.exit(), result.output());
    assertTrue(result.output().contains("503 Service Unavailable"), result.output());
    assertTrue(
        result.output().contains("modgate could not get " + module.version().path()),
        result.output());
    assertTrue(result.output().contains("disk"), result.output());
  }

  private GoCommand.Result download(
      ModuleSource modules, ModgateProcess gate, String name, FakeModule module) throws Exception {
    Path project = Files.createDirectories(folder.resolve(name).resolve("project"));
    Files.writeString(project.resolve("go.mod"), "module it.test/project\n\ngo 1.20\n");
    return new GoCommand(folder.resolve(name).resolve("home"), project)
        .with("GOPROXY", gate.url() + ",direct")
        .with("GOSUMDB", modules.log.keyText())
        .run("mod", "download", module.version().toString());
  }

  private static void assertAuditTells(Path data) throws IOException {
    GateWitness.assertAuditIsReadable(data);
    List<String> audit = ModgateProcess.audit(data);
    List<String> told =
        audit.stream()
            .filter(line ->
                line.contains("\"verdict\":\"gap\"")
                    || line.contains("\"verdict\":\"unavailable\""))
            .toList();
    assertFalse(told.isEmpty(), String.join("\n", audit));
  }

  /** Empty if it went well, else what it said. */
  static Optional<String> run(Object... command) throws InterruptedException {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(output.strip());
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
