package dev.modgate.verify.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.modgate.fake.CraftedZip;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buffers that are used again, and what a verified zip costs on the heap. */
final class WorkspaceTest {

  /** What every zip may cost, in bytes: the buffers if they are not there yet, and 16 KiB. */
  private static final long PER_ZIP = Workspace.SIZE + (16 << 10);

  /** What every entry may cost, in bytes, with a name of up to 50. */
  private static final long PER_ENTRY = 2 << 10;

  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);

  @TempDir Path folder;

  @Test
  void window_overABufferThatWasUsed_showsOnlyWhatItLoaded() throws IOException {
    byte[] used = new byte[64];
    Arrays.fill(used, (byte) 'P');
    Path file = Files.write(folder.resolve("short"), new byte[] {1, 2, 3});
    try (FileChannel channel = FileChannel.open(file)) {
      Window window = new Window(channel, 0, 3, used);
      assertEquals(0, window.ready());
      assertThrows(IndexOutOfBoundsException.class, () -> window.u16(0));
      assertFalse(window.demand(4));
      assertTrue(window.demand(3));
      assertEquals(3, window.ready());
      assertThrows(IndexOutOfBoundsException.class, () -> window.u32(0));
    }
  }

  @Test
  void examine_betweenBrokenZips_givesTheSameVerdict() {
    byte[] sound = Fixture.zip().bytes();
    ZipVerdict first = Fixture.examine(sound);
    assertInstanceOf(ZipVerdict.Sound.class, first);
    for (int at = 0; at < sound.length; at++) {
      byte[] broken = sound.clone();
      broken[at] ^= 0x55;
      var _ = Fixture.examine(broken);
      assertEquals(first, Fixture.examine(sound), "after a wrong byte at " + at);
    }
  }

  @Test
  void examine_contentOf64MiB_costsNoMoreThanTheBound() throws IOException {
    CraftedZip zip = new CraftedZip();
    zip.add(Fixture.PREFIX + "go.mod", "module example.com/m\n");
    for (int i = 0; i < 4; i++) {
      zip.add(Fixture.PREFIX + i + ".go", "x".repeat(16 << 20));
    }
    assertWithin(PER_ZIP + 5 * PER_ENTRY, zip);
  }

  @Test
  void examine_tenThousandEntries_costsNoMoreThanTheBound() throws IOException {
    CraftedZip zip = new CraftedZip();
    for (int i = 0; i < 10_000; i++) {
      zip.add(Fixture.PREFIX + (i % 100) + "/" + i + ".go", "package a\n");
    }
    assertWithin(PER_ZIP + 10_000 * PER_ENTRY, zip);
  }

  @Test
  void allocated_byAnArray_isNoticed() throws IOException {
    int length = 1 << 20;
    assertTrue(allocated(() -> assertEquals(length, new byte[length].length)) >= length);
  }

  private void assertWithin(long bound, CraftedZip zip) throws IOException {
    Path file = Files.write(folder.resolve("m.zip"), zip.bytes());
    long bytes =
        allocated(() ->
            assertInstanceOf(
                ZipVerdict.Sound.class,
                ModuleZip.examine(file, Fixture.VERSION, ReadAhead.none(), Long.MAX_VALUE)));
    assertTrue(bytes <= bound, bytes + " bytes were allocated; at most " + bound);
  }

  /** Bytes that this thread allocates on the heap meanwhile. */
  private static long allocated(Helpers.Work work) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
