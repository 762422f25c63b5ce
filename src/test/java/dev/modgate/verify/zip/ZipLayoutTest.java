package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static dev.modgate.verify.zip.Fixture.accepted;
import static dev.modgate.verify.zip.Fixture.reason;
import static dev.modgate.verify.zip.Fixture.refused;
import static dev.modgate.verify.zip.Fixture.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.fake.CraftedEntry;
import dev.modgate.fake.CraftedZip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Layouts that leave a reader a choice. Each fault is planted in a zip that is sound without it.
 */
final class ZipLayoutTest {
  private static final byte[] JUNK = "junk".getBytes(UTF_8);

  @TempDir private Path folder;

  @Test
  void emptyFile_isNoZip() {
    refused("empty-file", new byte[0]);
  }

  @Test
  void htmlPage_isNoZip() {
    refused("not-a-zip", "<!DOCTYPE html>\n<title>Sign in</title>\n".getBytes(UTF_8));
  }

  @Test
  void tinyFile_isNoZip() {
    for (int length = 1; length < 22; length++) {
      refused("not-a-zip", new byte[length]);
    }
  }

  @Test
  void truncatedZip_atEveryLength_isRefused() {
    byte[] whole = zip().bytes();
    for (int length = 4; length < whole.length; length++) {
      refused("end-record", Arrays.copyOf(whole, length));
    }
  }

  @Test
  void bytesAfterTheEnd_areRefused() {
    refused("end-record", zip().append(JUNK));
  }

  @Test
  void comment_isRefused() {
    refused("end-record", zip().comment(JUNK));
  }

  @Test
  void announcedComment_thatIsMissing_isRefused() {
    byte[] bytes = zip().bytes();
    bytes[bytes.length - 2] = 1;
    refused("comment", bytes);
  }

  @Test
  void commentThatHoldsAZip_isRefused() {
    refused("directory-place", zip().comment(zip().bytes()));
  }

  @Test
  void bytesBeforeTheFirstEntry_areRefused() {
    refused("gap", zip().prepend(JUNK));
  }

  /** Readers that look for the directory from its end take it. */
  @Test
  void bytesBeforeTheFirstEntry_thatNoPlaceCounts_areRefused() {
    refused("directory-place", concatenated(JUNK, zip().bytes()));
  }

  @Test
  void twoZips_ofDifferentLength_areRefused() {
    byte[] good = zip().bytes();
    byte[] evil = evil("package evil // and longer\n").bytes();
    refused("directory-place", concatenated(evil, good));
    refused("directory-place", concatenated(good, evil));
  }

  @Test
  void twoZips_ofEqualLength_areRefused() {
    byte[] good = zip().bytes();
    byte[] evil = evil("package e\n").bytes();
    assertEquals(good.length, evil.length, "the two are of equal length");
    refused("directory-place", concatenated(evil, good));
    refused("directory-place", concatenated(good, evil));
  }

  /** The control: the reader of the JDK takes what is refused here. */
  @Test
  void twoZips_areReadByZipFile() throws IOException {
    Path file = folder.resolve("two.zip");
    Files.write(file, concatenated(evil("package e\n").bytes(), zip().bytes()));
    try (ZipFile reader = new ZipFile(file.toFile())) {
      assertEquals(3, reader.size());
    }
  }

  @Test
  void twoEndRecords_areRefused() {
    byte[] whole = zip().bytes();
    byte[] end = Arrays.copyOfRange(whole, whole.length - 22, whole.length);
    refused("directory-place", concatenated(whole, end));
  }

  @Test
  void bytesBetweenEntries_areRefused() {
    CraftedZip zip = zip();
    zip.entry(1).gapBefore(JUNK);
    refused("gap", zip);
  }

  @Test
  void entryThatTheDirectoryHides_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).hidden();
    refused("gap", zip);
    CraftedZip atEnd = zip();
    atEnd.entry(2).hidden();
    refused("gap", atEnd);
  }

  @Test
  void bytesBeforeTheDirectory_areRefused() {
    refused("gap", zip().beforeDirectory(JUNK));
  }

  @Test
  void bytesBehindTheDirectory_areRefused() {
    refused("directory-place", zip().afterDirectory(JUNK));
    refused("directory", zip().afterDirectory(JUNK).directoryBytes(directoryLength() + 4));
  }

  @Test
  void directoryOfAnotherLength_isRefused() {
    refused("directory-place", zip().directoryBytes(directoryLength() - 1));
    refused("directory-place", zip().directoryBytes(0));
    refused("directory-place", zip().directoryBytes(0x7fff_ffffL));
  }

  @Test
  void directoryElsewhere_isRefused() {
    refused("directory-place", zip().directoryShift(1));
    refused("directory-place", zip().directoryShift(-1));
    refused("directory-place", zip().directoryShift(0x7fff_0000L));
  }

  /** The directory is said to begin within the entries. */
  @Test
  void directoryThatBeginsEarlier_isRefused() {
    refused("directory", zip().directoryShift(-1).directoryBytes(directoryLength() + 1));
  }

  @Test
  void wrongCount_isRefused() {
    refused("directory", zip().count(2));
    refused("directory", zip().count(4));
    refused("directory", zip().count(0));
  }

  /** The place of the length of the last name, counted from the end of the directory. */
  @Test
  void nameOverTheEndOfTheDirectory_isRefused() {
    byte[] bytes = zip().bytes();
    int lengthAt = bytes.length - 22 - (PREFIX + "main.go").length() - 46 + 28;
    bytes[lengthAt]++;
    assertEquals("a name runs over the end of the directory", reason("directory", bytes));
  }

  @Test
  void severalDisks_areRefused() {
    refused("disks", zip().disk(1));
    CraftedZip zip = zip();
    zip.entry(0).disk(1);
    refused("disks", zip);
  }

  @Test
  void overlap_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).offsetShift(-1);
    refused("overlap", zip);
  }

  @Test
  void quotedOverlap_isRefused() {
    CraftedZip zip = new CraftedZip();
    CraftedEntry kernel = zip.add(PREFIX + "a", new byte[1 << 20]);
    zip.addQuoting(kernel, PREFIX + "b");
    zip.addQuoting(kernel, PREFIX + "c");
    refused("overlap", zip);
  }

  @Test
  void directoryInAnotherOrder_isRefused() {
    CraftedZip zip = zip();
    zip.entry(0).offsetShift(1);
    refused("gap", zip);
  }

  @Test
  void dataThatRunsIntoTheDirectory_isRefused() {
    CraftedZip zip = zip();
    zip.entry(2).packedSize(1 << 20);
    refused("overlap", zip);
  }

  @Test
  void placeInsideTheDirectory_isRefused() {
    CraftedZip zip = zip();
    zip.entry(0).offsetShift(0x7fff_ffffL);
    refused("gap", zip);
  }

  @Test
  void localHeaderWithoutSignature_isRefused() {
    byte[] bytes = zip().bytes();
    bytes[0] = 'Q';
    refused("local-header", bytes);
  }

  @Test
  void otherLocalName_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).localName(PREFIX + "gO.mod");
    refused("local-name", zip);
    CraftedZip shorter = zip();
    shorter.entry(1).localName(PREFIX + "go.mo");
    refused("local-name", shorter);
    CraftedZip longer = zip();
    longer.entry(1).localName(PREFIX + "go.mod2");
    refused("local-name", longer);
  }

  @Test
  void otherLocalMethod_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).localMethod(0);
    refused("local-method", zip);
  }

  @Test
  void otherLocalFlags_areRefused() {
    CraftedZip zip = zip();
    zip.entry(1).localFlags(0);
    refused("local-flags", zip);
  }

  @Test
  void extraField_isRefused() {
    byte[] extra = {0x55, 0x54, 5, 0, 1, 0, 0, 0, 0};
    CraftedZip listed = zip();
    listed.entry(1).extra(extra);
    refused("extra", listed);
    CraftedZip local = zip();
    local.entry(1).localExtra(extra);
    refused("extra", local);
  }

  @Test
  void commentOfAnEntry_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).comment(JUNK);
    refused("entry-comment", zip);
  }

  @Test
  void zip64_withoutNeed_isRefused() {
    refused("zip64", zip().zip64(CraftedZip.Zip64.ALWAYS));
    refused("zip64", zip().zip64(CraftedZip.Zip64.UNANNOUNCED));
  }

  /** A reader that always looks for a locator would look where it points. */
  @Test
  void zip64_locatorAtTheVeryBeginning_isRefused() {
    byte[] bytes = new byte[20 + 22];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, 0x07064b50)
        .putInt(20, 0x06054b50)
        .putInt(20 + 16, 20);
    refused("zip64", bytes);
    bytes[0] = 0;
    refused("gap", bytes);
  }

  @Test
  void zip64_announcedButAbsent_isRefused() {
    refused("zip64", zip().count(0xffff));
    refused("zip64", zip().directoryBytes(0xffff_ffffL));
    refused("zip64", zip().directoryShift(-1 - directoryPlace()));
  }

  @Test
  void zip64_lies_areRefused() {
    refused("zip64", many(0xffff).zip64(CraftedZip.Zip64.WRONG_PLACE));
    refused("zip64", many(0xffff).zip64(CraftedZip.Zip64.WRONG_COUNT));
    refused("directory", many(0x10000).zip64(CraftedZip.Zip64.WRONG_COUNT));
  }

  /** The hash was printed by Go's dirhash.HashZip. */
  @Test
  void manyEntries_acceptedWithZip64AsGoWritesIt() {
    assertEquals(0xfffe, accepted(many(0xfffe)).files());
    assertEquals(0xffff, accepted(many(0xffff).zip64(CraftedZip.Zip64.ALWAYS)).files());
    ZipVerdict.Sound sound = accepted(many(0x10001).zip64(CraftedZip.Zip64.ALWAYS));
    assertEquals(0x10001, sound.files());
    assertEquals("h1:7xIu+p9AIKO/BeRJUqcwMhzfAACU4BuxbyBPsw1NFzU=", sound.h1().toString());
  }

  /** 65,536 entries that an end record of 16 bits counts as none. */
  @Test
  void countThatWrapped_isRefused() {
    refused("directory", many(0x10000).count(0));
  }

  @Test
  void tooManyEntries_areRefused() {
    CraftedZip zip = zip().count(EndRecord.MAX_ENTRIES + 1).zip64(CraftedZip.Zip64.ALWAYS);
    refused("entries", zip);
  }

  @Test
  void directoryTooLarge_isRefused() {
    int bytes = EndRecord.MAX_DIRECTORY + 1;
    refused(
        "directory-size", new CraftedZip().afterDirectory(new byte[bytes]).directoryBytes(bytes));
  }

  private static CraftedZip many(int entries) {
    CraftedZip zip = new CraftedZip();
    for (int i = 0; i < entries; i++) {
      zip.add(PREFIX + i, new byte[0]).stored(new byte[0]);
    }
    return zip;
  }

  private static CraftedZip evil(String text) {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a/b.go", text);
    zip.add(PREFIX + "go.mod", "module example.com/m\n");
    zip.add(PREFIX + "main.go", "package main\n\nfunc main() {}\n");
    return zip;
  }

  private static int directoryLength() {
    return 3 * 46 + 3 * PREFIX.length() + "a/b.gogo.modmain.go".length();
  }

  private static int directoryPlace() {
    return zip().bytes().length - 22 - directoryLength();
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
