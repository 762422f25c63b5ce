package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detector's own test: what must not happen is planted, and noticed. */
final class GateWitnessIT {

  @TempDir Path folder;

  @Test
  void aLostFileAndAHeadThatWentBack_areNoticed() throws Exception {
    try (ModuleSource modules = new ModuleSource(folder)) {
      GateWitness witness = modules.witness();
      Path latest = data().resolve("sumdb").resolve(ModuleSource.DATABASE).resolve("latest");
      FakeModule module = modules.next(witness, 1000);
      byte[] oldHead;
      try (ModgateProcess gate = modules.gate(data(), List.of())) {
        fetch(witness, gate, module);
        oldHead = Files.readAllBytes(latest);
        fetch(witness, gate, modules.next(witness, 1000));
        witness.assertStands(gate.url());
      }
      byte[] newHead = Files.readAllBytes(latest);
      Files.write(latest, oldHead);
      assertNoticed(modules, witness, "the head went back");
      Files.write(latest, newHead);
      Path zip = data().resolve("cache/download" + module.base() + ".zip");
      Files.write(zip, new byte[10]);
      assertNoticed(modules, witness, module.base() + ".zip: 502");
      Path audit = data().resolve("audit").resolve("audit.jsonl");
      Files.writeString(audit, "{\"time\":\"2026{\"time\":\"2026\"}\n");
      assertThrows(AssertionError.class, () -> GateWitness.assertAuditIsReadable(data()));
    }
  }

  private void assertNoticed(ModuleSource modules, GateWitness witness, String words)
      throws Exception {
    modules.mirror.withoutModules(true);
    try (ModgateProcess gate = modules.gate(data(), List.of())) {
      AssertionError error =
          assertThrows(AssertionError.class, () -> witness.assertStands(gate.url()));
      assertTrue(String.valueOf(error.getMessage()).contains(words), error.toString());
    }
  }

  private static void fetch(GateWitness witness, ModgateProcess gate, FakeModule module)
      throws IOException, InterruptedException {
    for (String kind : List.of(".info", ".mod", ".zip")) {
      assertEquals(200, witness.fetch(gate.url(), module.base() + kind));
    }
  }

  private Path data() {
    return folder.resolve("data");
  }
}
