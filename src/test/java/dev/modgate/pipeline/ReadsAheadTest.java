package dev.modgate.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.modgate.chain.Arrivals;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.zip.ReadAhead;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReadsAheadTest {

  private static final ModuleVersion VERSION = ModuleVersion.parse("good.test/a@v1.0.0").orThrow();
  private static final Path FILE = Path.of("a.zip");

  @Test
  void find_fileThatCameIn_isWhatWasReadOfIt() {
    try (ReadsAhead ahead = new ReadsAhead(VERSION)) {
      var _ = ahead.of(FILE);
      ReadAhead read = ahead.find(FILE);
      assertNotSame(ReadAhead.none(), read);
      assertNotSame(read, find(ahead, "b.zip"));
    }
  }

  @Test
  void of_restOfAFile_goesOnBehindItsBeginning() {
    try (ReadsAhead ahead = new ReadsAhead(VERSION)) {
      Arrivals.Arrival beginning = ahead.of(FILE);
      ReadAhead read = ahead.find(FILE);
      assertEquals(beginning, ahead.of(FILE));
      assertSame(read, ahead.find(FILE));
    }
  }

  @Test
  void find_fileThatCameInOnePiece_isNothing() {
    try (ReadsAhead ahead = new ReadsAhead(VERSION)) {
      assertSame(ReadAhead.none(), ahead.find(FILE));
    }
  }

  /** Of a mirror that goes on when nobody waits for it any more. */
  @Test
  void of_afterTheFetch_isNotWatched() {
    ReadsAhead ahead = new ReadsAhead(VERSION);
    ahead.close();
    assertSame(Arrivals.Arrival.UNWATCHED, ahead.of(FILE));
    assertSame(ReadAhead.none(), ahead.find(FILE));
  }

  private static ReadAhead find(ReadsAhead ahead, String other) {
    var _ = ahead.of(Path.of(other));
    return ahead.find(Path.of(other));
  }
}
