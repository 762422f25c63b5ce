package dev.modgate.verify.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A zip that comes in piece by piece, and is read ahead on the thread that it comes in on. */
public final class GrowingZip {

  /** Bytes of content; a zip with more is read ahead to its end alone. */
  private static final long LARGE = 1 << 20;

  /** Pieces that a large file comes in at most, so that tests end. */
  private static final long MOST_PIECES = 2_000;

  private final Path file;
  private final ModuleVersion version;
  private final long size;

  private GrowingZip(Path file, ModuleVersion version) throws IOException {
    this.file = file;
    this.version = version;
    this.size = Files.size(file);
  }

  /**
   * Judges a file that has been there, and checks that the verdict is the same if it comes in small
   * pieces, and if it is read ahead up to some place only.
   *
   * @param file a zip, or not
   * @param version as {@link ModuleZip#examine(Path, ModuleVersion)} takes it
   * @return the verdict
   * @throws IOException if the file can't be read
   */
  public static ZipVerdict examine(Path file, ModuleVersion version) throws IOException {
    ZipVerdict verdict = ModuleZip.examine(file, version);
    GrowingZip growing = new GrowingZip(file, version);
    growing.check(verdict, 1, growing.size);
    if (!(verdict instanceof ZipVerdict.Sound sound && sound.bytes() > LARGE)) {
      growing.check(verdict, 13, growing.size * 3 / 8);
      growing.check(verdict, 13, growing.size * 6 / 8);
    }
    return verdict;
  }

  /** The same, if it is read ahead up to each place in turn. */
  static ZipVerdict examineAtEachPlace(Path file, ModuleVersion version) throws IOException {
    ZipVerdict verdict = examine(file, version);
    GrowingZip growing = new GrowingZip(file, version);
    for (long end = 0; end <= growing.size; end++) {
      growing.check(verdict, growing.size, end);
    }
    return verdict;
  }

  /** How many entries' data is measured if all of it comes in small pieces. */
  static int measured(Path file, ModuleVersion version) throws IOException {
    Findings found = new Findings();
    GrowingZip growing = new GrowingZip(file, version);
    var _ = growing.examine(1, growing.size, found);
    return found.count();
  }

  private void check(ZipVerdict verdict, long piece, long end) throws IOException {
    int free = Forerunner.free();
    assertEquals(
        verdict,
        examine(piece, end, new Findings()),
        () -> "read ahead to " + end + " of " + size + " by " + piece);
    assertEquals(free, Forerunner.free(), "readers are closed");
  }

  private ZipVerdict examine(long piece, long end, Findings found) throws IOException {
    try (ReadAhead ahead = new ReadAhead(file, version, 1, GrowingZip::doneHere, found)) {
      long step = Math.max(piece, end / MOST_PIECES);
      for (long at = step; at < end; at += step) {
        ahead.grown(at);
      }
      ahead.grown(end);
      return ModuleZip.examine(file, version, ahead, 1);
    }
  }

  static boolean doneHere(Runnable work) {
    work.run();
    return true;
  }
}
