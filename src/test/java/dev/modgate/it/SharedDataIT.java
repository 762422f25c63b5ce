package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.store.DataDirectory;
import dev.modgate.store.DiskLogStore;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.zip.ModuleZip;
import dev.modgate.verify.zip.ZipVerdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One data directory, several processes. */
final class SharedDataIT {

  private static final int ROUNDS = 200;

  private final List<FakeModule> modules = DataClient.modules();
  private final FakeLog log = DataClient.log(modules);

  @TempDir Path folder;

  @Test
  void twoProcesses_moveTheHeadForwardOnly_andLoseNone() throws Exception {
    Process first = client(folder, 1, ROUNDS);
    Process second = client(folder, 2, ROUNDS);
    long stored = 0;
    while (first.isAlive() || second.isAlive()) {
      long now = storedSize(folder);
      assertTrue(now >= stored, now + " after " + stored);
      stored = now;
    }
    long newest = Math.max(assertClimbs(first), assertClimbs(second));
    assertEquals(newest, storedSize(folder));
    assertTrue(assertEverythingStoredIsTrue(folder) > 0, "nothing was ever stored");
  }

  private static Process client(Path data, long seed, int rounds) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            DataClient.class.getName(),
            data.toString(),
            Long.toString(seed),
            Integer.toString(rounds))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The largest tree that it saw; each is at least as large as the one before. */
  private static long assertClimbs(Process client) throws IOException, InterruptedException {
    List<Long> sizes = new ArrayList<>();
    try (BufferedReader out = client.inputReader(UTF_8)) {
      assertEquals("ready", out.readLine());
      out.lines().forEach(line -> sizes.add(size(line)));
    }
    assertEquals(0, client.waitFor());
    assertEquals(ROUNDS, sizes.size());
    assertEquals(sizes.stream().sorted().toList(), sizes);
    return sizes.getLast();
  }

  private static long size(String line) {
    assertTrue(line.startsWith("at "), line);
    return Long.parseLong(line.substring(3));
  }

  /** Of the head on disk, which must be one that the log has signed; 0 if there is none. */
  private long storedSize(Path data) throws IOException {
    DataDirectory directory = DataDirectory.open(data, InstantSource.system());
    byte[] head = new DiskLogStore(directory, DataClient.DATABASE).head().orElse(new byte[0]);
    if (head.length == 0) {
      return 0;
    }
    long size = Long.parseLong(new String(head, UTF_8).lines().skip(1).findFirst().orElseThrow());
    assertArrayEquals(log.note(size), head);
    return size;
  }

  /** Returns how many files there are. */
  private long assertEverythingStoredIsTrue(Path data) throws IOException {
    long files = 0;
    for (FakeModule module : modules) {
      String base = data.resolve("cache/download") + module.base();
      Path zip = Path.of(base + ".zip");
      if (Files.exists(zip)) {
        files++;
        ZipVerdict.Sound sound = (ZipVerdict.Sound) ModuleZip.examine(zip, module.version());
        assertEquals(module.zipH1(), sound.h1());
      }
      Path mod = Path.of(base + ".mod");
      if (Files.exists(mod)) {
        files++;
        try (InputStream in = Files.newInputStream(mod)) {
          assertEquals(module.goModH1(), H1.ofGoMod(in.readAllBytes()));
        }
      }
    }
    return files;
  }
}
