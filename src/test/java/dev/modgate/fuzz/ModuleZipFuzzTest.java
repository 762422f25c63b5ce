package dev.modgate.fuzz;

import static dev.modgate.fuzz.ZipProperty.PREFIX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.fake.CraftedEntry.Descriptor;
import dev.modgate.fake.CraftedZip;
import dev.modgate.fake.CraftedZip.Zip64;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.zip.ModuleZip;
import dev.modgate.verify.zip.ZipVerdict;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link ZipProperty} of any bytes, from zips on whose bytes there is something to change. */
final class ModuleZipFuzzTest {

  static Stream<byte[]> seeds() {
    CraftedZip stored = new CraftedZip();
    stored.add(PREFIX + "a", "").stored("stored".getBytes(UTF_8));
    stored.add(PREFIX + "d/", "").stored(new byte[0]);
    CraftedZip unsigned = new CraftedZip();
    unsigned.add(PREFIX + "b", "bbbbbbbbbbbbbbbb").descriptor(Descriptor.UNSIGNED);
    unsigned.add(PREFIX + "c", "cccccccccccccccc").descriptor(Descriptor.WIDE);
    CraftedZip inHeader = new CraftedZip();
    inHeader.add(PREFIX + "go.mod", "module example.com/m\n").sizesInHeader().extra(new byte[4]);
    CraftedZip large = new CraftedZip().zip64(Zip64.ALWAYS);
    large.add(PREFIX + "a", "zip64");
    return Stream.of(
        new CraftedZip().bytes(),
        honest(),
        stored.bytes(),
        unsigned.bytes(),
        inHeader.bytes(),
        large.bytes(),
        twoInOne());
  }

  @MethodSource("seeds")
  @FuzzTest
  void zip(byte[] input) {
    ZipProperty.check(input);
  }

  @Test
  void twoReadings_takenByABrokenReader_areFound() {
    assertInstanceOf(ZipVerdict.Unsound.class, ZipProperty.check(twoInOne(), ModuleZip::examine));
    H1 anyOf = H1.ofGoMod(new byte[0]);
    assertThrows(
        AssertionError.class,
        () -> ZipProperty.check(twoInOne(), (_, _) -> new ZipVerdict.Sound(anyOf, 1, 0)));
  }

  @Test
  void readerThatKeepsWhatItUnpacks_isFound() {
    byte[][] kept = new byte[1][];
    assertThrows(
        AssertionError.class,
        () ->
            ZipProperty.check(
                honest(),
                (zip, version) -> {
                  kept[0] = new byte[8 << 20];
                  return ModuleZip.examine(zip, version);
                }));
  }

  private static byte[] honest() {
    return CraftedZip.honest(
        ZipProperty.VERSION,
        Map.of(
            "go.mod", "module example.com/m\n".getBytes(UTF_8),
            "a/b.go", "package a\n".getBytes(UTF_8)));
  }

  /** One archive behind the other: who starts in front reads another than who starts behind. */
  private static byte[] twoInOne() {
    CraftedZip second = new CraftedZip().prepend(honest());
    second.add(PREFIX + "evil", "evil");
    return second.bytes();
  }
}
