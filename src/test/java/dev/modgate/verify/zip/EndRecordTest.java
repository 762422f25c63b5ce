package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.CraftedZip;
import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields at the end of an archive, each changed by itself. */
final class EndRecordTest {

  private static final int ENTRIES = 0xffff;

  /** Zip64 record, locator, end record. */
  private static final int ZIP64_BYTES = 56 + 20 + 22;

  /** The version that wrote it and the version that reads it, which no reader acts on. */
  private static final int VERSIONS = 12;

  @TempDir private Path folder;

  @Test
  void read_anyByteOfTheZip64RecordsChanged_isRefused() throws IOException {
    CraftedZip zip = new CraftedZip().zip64(CraftedZip.Zip64.ALWAYS).count(ENTRIES);
    zip.add(PREFIX + "x", "x");
    byte[] sound = zip.bytes();
    try (FileChannel file = write(sound)) {
      EndRecord record = found(file, sound.length);
      assertEquals(ENTRIES, record.entries());
      assertEquals(sound.length - ZIP64_BYTES, record.offset() + record.bytes());
      for (int at = 0; at < ZIP64_BYTES; at++) {
        int place = sound.length - ZIP64_BYTES + at;
        put(file, place, sound[place] ^ 1);
        boolean version = at >= VERSIONS && at < VERSIONS + 4;
        switch (EndRecord.read(file, sound.length)) {
          case EndSearch.Found(EndRecord same) -> assertTrue(version, "byte " + at + ": " + same);
          case EndSearch.Broken(Unsound fault) -> assertFalse(version, "byte " + at + ": " + fault);
        }
        put(file, place, sound[place]);
      }
    }
  }

  @Test
  void read_anyByteOfTheEndRecordChanged_isRefused() throws IOException {
    byte[] sound = Fixture.zip().bytes();
    try (FileChannel file = write(sound)) {
      assertEquals(3, found(file, sound.length).entries());
      for (int place = sound.length - 22; place < sound.length; place++) {
        put(file, place, sound[place] ^ 1);
        assertInstanceOf(
            EndSearch.Broken.class, EndRecord.read(file, sound.length), "byte " + place);
        put(file, place, sound[place]);
      }
    }
  }

  /** Each is the right sum, by numbers of 64 bits that wrap. */
  @Test
  void read_placesThatNoFileHas_areRefused() throws IOException {
    byte[] bytes = new CraftedZip().zip64(CraftedZip.Zip64.ALWAYS).count(ENTRIES).bytes();
    int end = bytes.length - ZIP64_BYTES;
    for (long offset : new long[] {-1, Long.MIN_VALUE, end + 1, Long.MAX_VALUE}) {
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(end + 40, end - offset)
          .putLong(end + 48, offset);
      try (FileChannel file = write(bytes)) {
        EndSearch.Broken broken =
            assertInstanceOf(EndSearch.Broken.class, EndRecord.read(file, bytes.length));
        assertEquals("directory-place", broken.fault().rule(), "offset " + offset);
      }
    }
  }

  @Test
  void read_mostEntriesAndLargestDirectory_areAccepted() throws IOException {
    byte[] most =
        new CraftedZip()
            .afterDirectory(new byte[EndRecord.MAX_DIRECTORY])
            .directoryBytes(EndRecord.MAX_DIRECTORY)
            .count(EndRecord.MAX_ENTRIES)
            .zip64(CraftedZip.Zip64.ALWAYS)
            .bytes();
    try (FileChannel file = write(most)) {
      assertEquals(
          new EndRecord(EndRecord.MAX_ENTRIES, 0, EndRecord.MAX_DIRECTORY),
          found(file, most.length));
    }
  }

  private static EndRecord found(FileChannel file, long size) throws IOException {
    return assertInstanceOf(EndSearch.Found.class, EndRecord.read(file, size)).end();
  }

  private FileChannel write(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("archive.zip"), bytes);
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void put(FileChannel file, int place, int octet) throws IOException {
    assertEquals(1, file.write(ByteBuffer.wrap(new byte[] {(byte) octet}), place));
  }
}
