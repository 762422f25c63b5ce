package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static dev.modgate.verify.zip.Fixture.accepted;
import static dev.modgate.verify.zip.Fixture.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.modgate.fake.CraftedEntry;
import dev.modgate.fake.CraftedZip;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zips that unpack to hundreds of MiB. Mutation testing leaves them out: they take seconds. */
final class ZipBombTest {
  private static final int MIB = 1 << 20;

  /** 600 KiB that unpack to 600 MiB. */
  private static final byte[] BOMB = CraftedEntry.deflatedZeros(600);

  @TempDir private Path folder;

  @Test
  void bomb_thatDeclaresItsSize_isRefusedUnopened() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "zeros", "").packed(BOMB).size(600L * MIB).crc(1);
    refused("unpacked-size", zip);
  }

  @Test
  void bomb_thatDeclaresLess_isRefusedAfterWhatItDeclares() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "zeros", "").packed(BOMB).size(MIB).crc(1);
    refused("size", zip);
  }

  @Test
  void filesThatTogetherDeclareOver500MiB_areRefused() {
    CraftedZip zip = new CraftedZip();
    CraftedEntry first = zip.add(PREFIX + "0", new byte[100 * MIB]);
    for (int i = 1; i < 5; i++) {
      zip.add(PREFIX + i, "").contentOf(first);
    }
    assertEquals(500L * MIB, accepted(zip).bytes());
    zip.add(PREFIX + "5", "x");
    refused("unpacked-size", zip);
  }

  @Test
  void memory_doesNotGrowWithWhatIsUnpacked() throws IOException {
    Path zip = write("large.zip", 256 * MIB);
    long bytes = allocated(zip);
    assertTrue(bytes < 512 << 10, bytes + " bytes");
  }

  @Test
  void grown_moreThan500MiB_isNoLongerUnpacked() throws IOException {
    CraftedZip zip = new CraftedZip();
    CraftedEntry first = zip.add(PREFIX + "0", "").packed(CraftedEntry.deflatedZeros(300));
    first.size(300L << 20);
    zip.add(PREFIX + "1", "").packed(first.packed()).size(300L << 20);
    zip.add(PREFIX + "2", "small");
    Findings found = new Findings();
    Path file = Files.write(folder.resolve("bombs.zip"), zip.bytes());
    try (ReadAhead ahead = new ReadAhead(file, Fixture.VERSION, 1, GrowingZip::doneHere, found)) {
      ahead.grown(Files.size(file));
      assertEquals(1, found.count());
      assertEquals(Forerunner.PLACES, Forerunner.free(), "it is over");
    }
  }

  private Path write(String name, int zeros) throws IOException {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "zeros", new byte[zeros]);
    return Files.write(folder.resolve(name), zip.bytes());
  }

  private static long allocated(Path zip) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertInstanceOf(ZipVerdict.Sound.class, ModuleZip.examine(zip, Fixture.VERSION));
    long before = threads.getCurrentThreadAllocatedBytes();
    assertInstanceOf(ZipVerdict.Sound.class, ModuleZip.examine(zip, Fixture.VERSION));
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
