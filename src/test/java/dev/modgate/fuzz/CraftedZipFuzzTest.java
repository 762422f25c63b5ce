package dev.modgate.fuzz;

import static dev.modgate.fuzz.ZipProperty.PREFIX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.fake.CraftedEntry;
import dev.modgate.fake.CraftedEntry.Descriptor;
import dev.modgate.fake.CraftedZip;
import dev.modgate.fake.CraftedZip.Zip64;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.zip.ZipVerdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link ZipProperty} of zips that are written well but for what a script lies about: deeper than
 * changed bytes get, because CRCs and places stay true. Without lies, a zip is taken.
 */
final class CraftedZipFuzzTest {

  private static final List<String> NAMES =
      List.of("go.mod", "a", "A", "a/b", "d/", "LICENSE", "a/go.mod", "..", "x y", "con", "é", "");

  private static final List<Zip64> ZIP64 = List.of(Zip64.values());

  static Stream<byte[]> seeds() {
    return Stream.of(
        new byte[] {0},
        new byte[] {2, 0, 0, 0, 3, 1, 0, 5, 2, 0},
        new byte[] {2, 0, 2, 0, 3, 3, 0, 1, 0, 0, 1},
        new byte[] {1, 1, 0, 1, 3, 0, 9},
        new byte[] {1, 1, 0, 2, 5, 1, 0},
        new byte[] {1, 1, 0, 1, 14, 0, 0},
        new byte[] {1, 1, 0, 0, 3, 1},
        new byte[] {1, 1, 0, 0, 5, 4},
        new byte[] {0, 1, 14, 1, 0, 1, 0});
  }

  @MethodSource("seeds")
  @FuzzTest
  void zip(byte[] input) {
    Crafted crafted = new Crafted(new Script(input));
    ZipVerdict verdict = ZipProperty.check(crafted.zip.bytes());
    if (!crafted.lied) {
      assertEquals(ZipVerdict.Sound.class, verdict.getClass(), verdict::toString);
    }
  }

  /** What the input makes of a zip. */
  static byte[] crafted(byte[] input) {
    return new Crafted(new Script(input)).zip.bytes();
  }

  @Test
  void contentWithAnotherSize_takenByABrokenReader_isFound() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a", "four").sizesInHeader();
    H1 ofOther = H1.ofGoMod("fou".getBytes(UTF_8));
    assertThrows(
        AssertionError.class,
        () -> ZipProperty.check(zip.bytes(), (_, _) -> new ZipVerdict.Sound(ofOther, 1, 3)));
  }

  /** What a script makes of a zip. */
  private static final class Crafted {

    private final CraftedZip zip = new CraftedZip();
    private final Script script;
    private int entries;
    private boolean lied;

    Crafted(Script script) {
      this.script = script;
      for (int i = script.below(4); i > 0; i--) {
        entry();
      }
      while (!script.isAtEnd()) {
        lied = true;
        lie();
      }
    }

    /** A first entry has an honest name; what comes later may collide with it. */
    private void entry() {
      String name = NAMES.get(script.below(NAMES.size()));
      byte[] content = (name.endsWith("/") ? "" : "xy".repeat(script.below(40))).getBytes(UTF_8);
      lied |= entries > 0 || !List.of("go.mod", "a", "A", "a/b", "d/").contains(name);
      CraftedEntry entry = zip.add(PREFIX + name, content);
      entries++;
      switch (script.below(6)) {
        case 1 -> entry.sizesInHeader();
        case 2 -> entry.stored(content);
        case 3 -> entry.descriptor(Descriptor.UNSIGNED);
        case 4 -> {
          lied = true;
          entry.descriptor(Descriptor.WIDE);
        }
        default -> {}
      }
    }

    private void lie() {
      int what = script.next();
      if (what % 4 == 3 || entries == 0) {
        lieAboutTheArchive(what / 4);
      } else {
        lieAbout(zip.entry(0), what / 4);
      }
    }

    private void lieAboutTheArchive(int what) {
      byte[] bytes = new byte[script.below(8)];
      switch (what % 8) {
        case 0 -> zip.prepend(bytes);
        case 1 -> zip.beforeDirectory(bytes);
        case 2 -> zip.afterDirectory(bytes);
        case 3 -> zip.append(bytes);
        case 4 -> zip.comment(bytes);
        case 5 -> zip.count(script.below(6));
        case 6 -> zip.zip64(ZIP64.get(script.below(ZIP64.size())));
        default -> zip.directoryShift(script.below(4));
      }
    }

    private void lieAbout(CraftedEntry entry, int what) {
      long number = script.next() == 255 ? 0xffff_ffffL : script.below(65_536);
      byte[] bytes = new byte[script.below(12)];
      switch (what % 20) {
        case 0 -> entry.crc(number);
        case 1 -> entry.size(number);
        case 2 -> entry.packedSize(number);
        case 3 -> entry.localCrc(number);
        case 4 -> entry.localSize(number);
        case 5 -> entry.localPackedSize(number);
        case 6 -> entry.flags((int) number & 0xffff);
        case 7 -> entry.localFlags((int) number & 0xffff);
        case 8 -> entry.method((int) number & 0xffff);
        case 9 -> entry.localMethod((int) number & 0xffff);
        case 10 -> entry.attributes(number);
        case 11 -> entry.offsetShift(number);
        case 12 -> entry.descriptorCrc(number);
        case 13 -> entry.localName(PREFIX + NAMES.get(script.below(NAMES.size())));
        case 14 -> entry.extra(bytes);
        case 15 -> entry.localExtra(bytes);
        case 16 -> entry.comment(bytes);
        case 17 -> entry.gapBefore(bytes);
        case 18 -> entry.hidden();
        default -> zip.addQuoting(entry, PREFIX + NAMES.get(script.below(NAMES.size())));
      }
    }
  }
}
