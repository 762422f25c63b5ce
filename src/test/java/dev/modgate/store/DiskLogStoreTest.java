package dev.modgate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LogStoreContract;
import dev.modgate.verify.sumdb.LogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskLogStoreTest implements LogStoreContract {

  @TempDir Path folder;

  @Override
  public LogStore open() throws IOException {
    return new DiskLogStore(DataDirectory.open(folder, InstantSource.system()), "log.test");
  }

  @Test
  void head_inTheWayOfAFolder_isAnErrorAndNotAbsent() throws IOException {
    Files.createDirectories(folder.resolve("sumdb/log.test/latest"));
    assertThrows(IOException.class, () -> open().head());
  }

  @Test
  void head_wipedCache_stays() throws IOException {
    open().replaceHead(Optional.empty(), new byte[] {1});
    open().saveLookup(LOWER, new byte[] {2});
    Path lookup = folder.resolve("cache/download/sumdb/log.test/lookup");
    assertTrue(Files.isRegularFile(lookup.resolve("test.example/azure@v1.0.0-rc1")));
    try (var files = Files.walk(folder.resolve("cache"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    assertEquals(1, open().head().orElseThrow().length);
  }
}
