package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static dev.modgate.verify.zip.Fixture.accepted;
import static dev.modgate.verify.zip.Fixture.reason;
import static dev.modgate.verify.zip.Fixture.refused;
import static dev.modgate.verify.zip.Fixture.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.modgate.fake.CraftedEntry;
import dev.modgate.fake.CraftedEntry.Descriptor;
import dev.modgate.fake.CraftedZip;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes, checksums and streams that are not true, and a zip that is too large. */
final class ZipContentTest {
  private static final int MIB = 1 << 20;

  /** A file whose CRC-32 is the signature of a data descriptor. */
  private static final byte[] SIGNATURE_CRC = {(byte) 0xac, 0x0a, 0x7a, (byte) 0xd5};

  @TempDir private Path folder;

  @Test
  void wrongCrc_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).crc(1);
    refused("crc", zip);
    CraftedZip zero = zip();
    zero.entry(1).crc(0);
    refused("crc", zero);
    CraftedZip stored = zip();
    stored.entry(1).crc(1).stored("module example.com/m\n".getBytes(UTF_8));
    refused("crc", stored);
  }

  @Test
  void flippedByteOfContent_isRefused() {
    CraftedZip zip = new CraftedZip();
    byte[] content = "package x\n".getBytes(UTF_8);
    CraftedEntry entry = zip.add(PREFIX + "x.go", content).stored(content);
    accepted(zip);
    content[3] ^= 1;
    entry.packed(content);
    refused("crc", zip);
  }

  /** The control: the reader of the JDK takes a false CRC-32 and a false size. */
  @Test
  void wrongCrc_isReadByZipFile() throws IOException {
    CraftedZip zip = zip();
    zip.entry(1).crc(1);
    Path file = folder.resolve("crc.zip");
    Files.write(file, zip.bytes());
    try (ZipFile reader = new ZipFile(file.toFile())) {
      var content = reader.getInputStream(reader.getEntry(PREFIX + "go.mod")).readAllBytes();
      assertEquals(21, content.length);
    }
  }

  @Test
  void declaredSizeTooSmall_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).size(20);
    refused("size", zip);
    CraftedZip none = zip();
    none.entry(1).size(0);
    refused("size", none);
  }

  @Test
  void declaredSizeTooLarge_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).size(22);
    refused("size", zip);
  }

  @Test
  void storedWithTwoSizes_isRefused() {
    byte[] content = "package x\n".getBytes(UTF_8);
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "x.go", content).stored(content).size(9).localSize(9);
    refused("size", zip);
  }

  @Test
  void packedSizeTooSmall_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).packedSize(zip.entry(1).packed().length - 1);
    refused("deflate", zip);
    CraftedZip none = zip();
    none.entry(1).packedSize(0);
    refused("deflate", none);
  }

  /** Behind the last entry there is nothing that could be taken for more of it. */
  @Test
  void lastStreamCutOff_isRefused() {
    CraftedZip zip = zip();
    byte[] packed = zip.entry(2).packed();
    zip.entry(2)
        .packed(Arrays.copyOf(packed, packed.length - 1))
        .sizesInHeader()
        .descriptor(Descriptor.NONE);
    assertEquals(
        "its data ends too early: \"" + PREFIX + "main.go\"", reason("deflate", zip.bytes()));
  }

  @Test
  void packedSizeTooLarge_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).packedSize(zip.entry(1).packed().length + 1);
    refused("deflate-tail", zip);
  }

  @Test
  void bytesBehindTheDeflateStream_areRefused() {
    CraftedZip zip = zip();
    byte[] packed = zip.entry(1).packed();
    zip.entry(1).packed(Arrays.copyOf(packed, packed.length + 1));
    refused("deflate-tail", zip);
  }

  @Test
  void bytesBehindTheStreamOfAnEmptyFile_areRefused() {
    CraftedZip zip = new CraftedZip();
    CraftedEntry entry = zip.add(PREFIX + "empty", "");
    accepted(zip);
    entry.packed(Arrays.copyOf(entry.packed(), entry.packed().length + 1));
    refused("deflate-tail", zip);
  }

  /** More than one window of them. */
  @Test
  void manyBytesBehindTheDeflateStream_areRefused() {
    CraftedZip zip = zip();
    byte[] packed = zip.entry(1).packed();
    zip.entry(1).packed(Arrays.copyOf(packed, MIB));
    refused("deflate-tail", zip);
  }

  @Test
  void notDeflate_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).packed(new byte[] {(byte) 0xff, (byte) 0xff, 0, 1});
    assertEquals(
        "its data is not deflate: \"" + PREFIX + "go.mod\"", reason("deflate", zip.bytes()));
  }

  @Test
  void otherMethod_isRefused() {
    for (int method : new int[] {1, 9, 12, 14, 93, 99}) {
      CraftedZip zip = zip();
      zip.entry(1).method(method);
      refused("method", zip);
    }
  }

  @Test
  void encryptedFlag_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).flags(9);
    refused("encrypted", zip);
  }

  @Test
  void otherFlags_areRefused() {
    for (int bit : new int[] {4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15}) {
      CraftedZip zip = zip();
      zip.entry(1).flags(8 | 1 << bit);
      refused("flags", zip);
    }
  }

  @Test
  void flagsOfDeflatersEffort_areAccepted() {
    CraftedZip zip = zip();
    zip.entry(1).flags(8 | 6);
    accepted(zip);
  }

  @Test
  void storedWithDescriptor_isRefused() {
    byte[] content = "package x\n".getBytes(UTF_8);
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "x.go", content).stored(content).flags(8).descriptor(Descriptor.SIGNED);
    refused("stored-descriptor", zip);
  }

  @Test
  void otherLocalSizes_areRefused() {
    CraftedZip crc = zip();
    crc.entry(1).sizesInHeader().localCrc(1);
    refused("local-size", crc);
    CraftedZip size = zip();
    size.entry(1).sizesInHeader().localSize(1);
    refused("local-size", size);
    CraftedZip packed = zip();
    packed.entry(1).sizesInHeader().localPackedSize(1);
    refused("local-size", packed);
    CraftedZip descriptor = zip();
    descriptor.entry(1).localSize(1);
    refused("local-size", descriptor);
    CraftedZip onlyCrc = zip();
    onlyCrc.entry(1).localCrc(1);
    refused("local-size", onlyCrc);
    CraftedZip onlyPacked = zip();
    onlyPacked.entry(1).localPackedSize(1);
    refused("local-size", onlyPacked);
    CraftedZip neither = zip();
    neither.entry(1).flags(0).descriptor(Descriptor.NONE);
    refused("local-size", neither);
  }

  @Test
  void otherDescriptor_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).descriptorCrc(1);
    refused("descriptor", zip);
    CraftedZip unsigned = zip();
    unsigned.entry(2).descriptor(Descriptor.UNSIGNED).descriptorCrc(1);
    refused("descriptor", unsigned);
    CraftedZip absent = zip();
    absent.entry(2).descriptor(Descriptor.NONE);
    refused("descriptor", absent);
  }

  @Test
  void wideDescriptor_isRefused() {
    CraftedZip zip = zip();
    zip.entry(1).descriptor(Descriptor.WIDE);
    refused("descriptor", zip);
  }

  @Test
  void descriptorWithoutSpace_isRefused() {
    CraftedZip zip = zip();
    zip.entry(2).packedSize(zip.entry(2).packed().length + 16);
    refused("deflate-tail", zip);
  }

  /** Without the signature it would look like a descriptor with one. */
  @Test
  void unsignedDescriptor_thatLooksSigned_isRefused() {
    CraftedZip zip = new CraftedZip();
    CraftedEntry entry = zip.add(PREFIX + "x", SIGNATURE_CRC);
    accepted(zip);
    entry.descriptor(Descriptor.UNSIGNED);
    refused("descriptor", zip);
  }

  /** One of 500 MiB is looked at; these are zeros. */
  @Test
  void zipOver500MiB_isRefused() throws IOException {
    assertEquals("not-a-zip", ruleThatZerosBreak(ModuleZip.MAX_FILE));
    assertEquals("file-size", ruleThatZerosBreak(ModuleZip.MAX_FILE + 1));
  }

  private String ruleThatZerosBreak(long size) throws IOException {
    Path file = folder.resolve("large.zip");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
    var verdict = ModuleZip.examine(file, Fixture.VERSION);
    return assertInstanceOf(ZipVerdict.Unsound.class, verdict).rule();
  }

  /** The largest sum is not too much, and then the content is looked at. */
  @Test
  void declaredSizes_areSummedUpTo500MiB() {
    CraftedZip zip = zip();
    zip.entry(0).size(EntryNames.MAX_UNPACKED - 21 - 29);
    refused("size", zip);
    zip.entry(0).size(EntryNames.MAX_UNPACKED - 21 - 29 + 1);
    refused("unpacked-size", zip);
  }

  @Test
  void sizesThatWrapAnInt_areRefused() {
    CraftedZip zip = zip();
    zip.entry(0).size(0xffff_ffffL);
    zip.entry(1).size(0xffff_ffffL);
    refused("unpacked-size", zip);
  }
}
