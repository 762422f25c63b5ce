package dev.modgate.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptCorpusTest {

  @TempDir private Path directory;

  @Test
  void everyKeptCorpus_isSmall() throws IOException {
    for (FuzzTarget target : FuzzTarget.all()) {
      KeptCorpus kept = KeptCorpus.of(target);
      assertTrue(kept.isSmall(), () -> target.name() + ": " + kept.bytes() + " bytes in too many");
    }
  }

  /** A corpus of a target that is gone, or was renamed, is replayed by nobody. */
  @Test
  void everyKeptInput_isThatOfATarget() throws IOException {
    List<Path> known = new ArrayList<>();
    for (FuzzTarget target : FuzzTarget.all()) {
      known.addAll(KeptCorpus.of(target).files());
    }
    Path all = Path.of("src", "test", "resources", "dev", "modgate", "fuzz");
    try (Stream<Path> files = Files.walk(all)) {
      assertEquals(
          known.stream().sorted().toList(), files.filter(Files::isRegularFile).sorted().toList());
    }
  }

  @Test
  void tooManyFiles_orTooManyBytes_areNoticed() throws IOException {
    FuzzTarget target = FuzzTarget.of(TilePathFuzzTest.class.getName());
    Path large = Files.write(directory.resolve("large"), new byte[(64 << 10) + 1]);
    assertFalse(new KeptCorpus(target, List.of(large)).isSmall());
    Path small = Files.write(directory.resolve("small"), new byte[1]);
    List<Path> many = Stream.generate(() -> small).limit(KeptCorpus.MAX_FILES + 1).toList();
    assertFalse(new KeptCorpus(target, many).isSmall());
    assertTrue(new KeptCorpus(target, many.subList(1, many.size())).isSmall());
  }
}
