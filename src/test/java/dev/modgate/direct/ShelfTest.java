package dev.modgate.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.chain.Payload;
import dev.modgate.chain.Reply;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShelfTest {

  private static final Reply NO_ZIP = new Reply.NotThere(404, "no zip");

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-06-01T00:00:00Z");
  private final Shelf shelf = new Shelf(() -> now);

  private static ModuleVersion version(int number) {
    return ModuleVersion.parse("direct.test/m@v1.0." + number).orThrow();
  }

  /** The size is said and not true, so that no test writes gigabytes. */
  private Download download(String file, long size) throws IOException {
    Path zip = Files.writeString(folder.resolve(file), "PK");
    return new Download(
        new byte[1], new byte[1], Optional.of(new Payload.Spooled(zip, size)), NO_ZIP);
  }

  @Test
  void find_untilItIsTooOld_thenItsFileIsGone() throws IOException {
    Download download = download("zip", 2);
    shelf.keep(version(1), download);
    now = now.plus(Shelf.KEPT).minusNanos(1);
    assertEquals(Optional.of(download), shelf.find(version(1)));
    assertTrue(Files.exists(folder.resolve("zip")));
    now = now.plusNanos(1);
    assertEquals(Optional.empty(), shelf.find(version(1)));
    assertFalse(Files.exists(folder.resolve("zip")));
  }

  @Test
  void sweep_anOldOneBehindNoNewerOne_isRemovedWithoutBeingAskedFor() throws IOException {
    shelf.keep(version(1), download("zip", 2));
    now = now.plus(Shelf.KEPT);
    shelf.sweep();
    assertEquals(0, shelf.size());
    assertFalse(Files.exists(folder.resolve("zip")));
  }

  @Test
  void keep_moreThanTheDiskMayHold_removesTheOldest() throws IOException {
    shelf.keep(version(1), download("one", 1L << 30));
    shelf.keep(version(2), download("two", 1L << 30));
    assertEquals(2, shelf.size());
    shelf.keep(version(3), download("three", 1));
    assertEquals(Optional.empty(), shelf.find(version(1)));
    assertFalse(Files.exists(folder.resolve("one")));
    assertEquals(2, shelf.size());
  }

  @Test
  void keep_moreThanMayBe_removesTheOldest() {
    for (int i = 0; i <= 1000; i++) {
      shelf.keep(version(i), new Download(new byte[1], new byte[1], Optional.empty(), NO_ZIP));
    }
    assertEquals(1000, shelf.size());
    assertEquals(Optional.empty(), shelf.find(version(0)));
  }

  @Test
  void get_manyAtOnce_isOneRun() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    Downloads downloads = new Downloads(shelf);
    Supplier<GoRunner.Outcome<Download>> run =
        () -> {
          runs.incrementAndGet();
          await(done);
          return new GoRunner.Brought<>(
              new Download(new byte[1], new byte[1], Optional.empty(), NO_ZIP));
        };
    List<FutureTask<Reply>> askers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      askers.add(new FutureTask<>(() -> downloads.get(version(1), run, Download::withoutZip)));
      Thread.ofVirtual().start(askers.getLast());
    }
    done.countDown();
    for (FutureTask<Reply> asker : askers) {
      assertEquals(NO_ZIP, asker.get());
    }
    assertEquals(1, runs.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
