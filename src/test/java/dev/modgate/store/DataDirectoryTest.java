package dev.modgate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir private Path folder;

  private Path leftover(String name, Duration age) throws IOException {
    Path left = Files.createDirectories(folder.resolve("data/tmp").resolve(name));
    Files.writeString(Files.createDirectories(left.resolve("mod/a")).resolve("f"), "f");
    Files.createSymbolicLink(left.resolve("link"), folder.resolve("outside"));
    Files.setLastModifiedTime(left, FileTime.from(NOW.minus(age)));
    return left;
  }

  @Test
  void open_foldersOfADeadProcess_areRemovedAndLinksNotFollowed() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    Path old = leftover("old", Duration.ofHours(2));
    Path young = leftover("young", Duration.ofMinutes(30));
    assertTrue(old.resolve("mod/a").toFile().setWritable(false));
    DataDirectory.open(folder.resolve("data"), () -> NOW);
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young.resolve("mod/a/f")));
    assertEquals("kept", Files.readString(outside.resolve("kept")));
  }
}
