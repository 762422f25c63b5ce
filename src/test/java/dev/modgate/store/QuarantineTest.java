package dev.modgate.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence is kept as it came, unless it holds a secret: then it is only described. */
final class QuarantineTest {

  private static final byte[] SECRET = "s3cr3t-of-the-mirror".getBytes(ISO_8859_1);

  @TempDir private Path folder;

  @Test
  void keepBytes_withAndWithoutASecret_keepsTheBodyOrOnlyTheWords() throws IOException {
    Quarantine quarantine = quarantine();
    quarantine.keepBytes("corp", "m@v1.0.0.mod", "another hash", "module x".getBytes(ISO_8859_1));
    assertEquals(List.of("module x"), bodies());
    quarantine.keepBytes("corp", "n@v1.0.0.mod", "another hash", SECRET);
    assertEquals(List.of("module x"), bodies());
    assertEquals(2, quarantine.pieces().size());
  }

  /** At every place of a file that is read in pieces. */
  @Test
  void keepFile_secretAnywhere_isOnlyDescribed() throws IOException {
    Quarantine quarantine = quarantine();
    int size = 3 << 20;
    for (int at : new int[] {0, (1 << 20) - 10, (1 << 20) + (64 << 10) - 10, 2 << 20, size - 20}) {
      byte[] bytes = new byte[size];
      System.arraycopy(SECRET, 0, bytes, at, SECRET.length);
      Path file = Files.write(folder.resolve("file"), bytes);
      quarantine.keepFile("corp", "m@v1.0.0.zip", "not a zip", file);
      assertFalse(Files.exists(file));
      assertEquals(List.of(), bodies(), "at " + at);
    }
    byte[] clean = new byte[size];
    Arrays.fill(clean, (byte) 's');
    quarantine.keepFile(
        "corp", "m@v1.0.0.zip", "not a zip", Files.write(folder.resolve("file"), clean));
    assertEquals(1, bodies().size());
    assertArrayEquals(clean, bodies().getFirst().getBytes(ISO_8859_1));
  }

  private Quarantine quarantine() throws IOException {
    DataDirectory data = DataDirectory.open(folder.resolve("data"), () -> Instant.EPOCH);
    return new Quarantine(
        data,
        () -> Instant.EPOCH,
        bytes -> new String(bytes, ISO_8859_1).contains(new String(SECRET, ISO_8859_1)));
  }

  private List<String> bodies() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      return files
          .filter(file -> file.endsWith("body"))
          .map(file -> {
            try {
              return Files.readString(file, ISO_8859_1);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          })
          .toList();
    }
  }
}
