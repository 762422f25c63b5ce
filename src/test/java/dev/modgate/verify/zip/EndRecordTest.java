package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.CraftedZip;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
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
      EndRecord record = EndRecord.read(file, sound.length, new Fault()).orElseThrow();
      assertEquals(ENTRIES, record.entries());
      assertEquals(sound.length - ZIP64_BYTES, record.offset() + record.bytes());
      for (int at = 0; at < ZIP64_BYTES; at++) {
        int place = sound.length - ZIP64_BYTES + at;
        put(file, place, sound[place] ^ 1);
        Fault fault = new Fault();
        Optional<EndRecord> read = EndRecord.read(file, sound.length, fault);
        boolean version = at >= VERSIONS && at < VERSIONS + 4;
        assertEquals(version, read.isPresent(), "byte " + at);
        assertEquals(!version, fault.isNoted(), "byte " + at);
        put(file, place, sound[place]);
      }
    }
  }

  @Test
  void read_anyByteOfTheEndRecordChanged_isRefused() throws IOException {
    byte[] sound = Fixture.zip().bytes();
    try (FileChannel file = write(sound)) {
      assertEquals(3, EndRecord.read(file, sound.length, new Fault()).orElseThrow().entries());
      for (int place = sound.length - 22; place < sound.length; place++) {
        put(file, place, sound[place] ^ 1);
        Fault fault = new Fault();
        assertFalse(EndRecord.read(file, sound.length, fault).isPresent(), "byte " + place);
        assertTrue(fault.isNoted());
        put(file, place, sound[place]);
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
          Optional.of(new EndRecord(EndRecord.MAX_ENTRIES, 0, EndRecord.MAX_DIRECTORY)),
          EndRecord.read(file, most.length, new Fault()));
    }
  }

  private FileChannel write(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("archive.zip"), bytes);
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void put(FileChannel file, int place, int octet) throws IOException {
    assertEquals(1, file.write(ByteBuffer.wrap(new byte[] {(byte) octet}), place));
  }
}
