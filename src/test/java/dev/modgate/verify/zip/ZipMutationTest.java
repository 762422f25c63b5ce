package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.CraftedEntry.Descriptor;
import dev.modgate.fake.CraftedZip;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every zip that is one bit away from a sound one. */
final class ZipMutationTest {
  @TempDir private Path folder;

  /**
   * Each is refused, or has the same hash: the bit was of the version, the time or the mode, or is
   * left over in the last byte of a deflate stream.
   */
  @Test
  void flippedBit_isRefusedOrMeansNothing() throws IOException {
    byte[] sound = zip().bytes();
    ZipVerdict.Sound original = assertInstanceOf(ZipVerdict.Sound.class, Fixture.examine(sound));
    Set<String> rules = new TreeSet<>();
    int accepted = 0;
    try (FileChannel file = open()) {
      for (int bit = 0; bit < sound.length * 8; bit++) {
        switch (examineFlipped(file, sound, bit)) {
          case ZipVerdict.Sound(var h1, int files, long bytes) -> {
            assertEquals(original, new ZipVerdict.Sound(h1, files, bytes), "bit " + bit);
            accepted++;
          }
          case ZipVerdict.Unsound(String rule, String reason) -> rules.add(rule);
        }
      }
    }
    assertTrue(accepted < sound.length * 8 / 4, accepted + " accepted");
    assertTrue(rules.size() > 15, "rules that fired: " + rules);
  }

  private ZipVerdict examineFlipped(FileChannel file, byte[] sound, int bit) throws IOException {
    byte[] flipped = sound.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    assertEquals(flipped.length, file.write(ByteBuffer.wrap(flipped), 0));
    return GrowingZip.examine(folder.resolve("flipped.zip"), Fixture.VERSION);
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        folder.resolve("flipped.zip"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static CraftedZip zip() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a/", "").stored(new byte[0]);
    zip.add(PREFIX + "a/b", "stored").stored("stored".getBytes(UTF_8));
    zip.add(PREFIX + "c", "in the header, in the header").sizesInHeader();
    zip.add(PREFIX + "d", "signed, signed, signed, signed");
    zip.add(PREFIX + "e", "unsigned").descriptor(Descriptor.UNSIGNED);
    return zip;
  }
}
