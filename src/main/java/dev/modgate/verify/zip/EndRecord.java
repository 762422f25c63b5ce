package dev.modgate.verify.zip;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Where the directory lies (APPNOTE.TXT 4.3.16). The end record is the last 22 bytes of the file,
 * has no comment, and the directory ends where it begins; so a search from the end and a sum of the
 * directory's place and size meet at the same directory.
 *
 * <p>The zip64 form (APPNOTE.TXT 4.3.14, 4.3.15) is taken only where it is the one way to write the
 * number of entries, 65,535 or more, and only as Go's archive/zip writes it: all three numbers of
 * the end record at their maximum, the zip64 record of 56 bytes and its locator directly before the
 * end record. Readers that look for a locator always, and readers that look for it only when told,
 * then read the same numbers.
 *
 * @param entries 0 to {@value #MAX_ENTRIES}
 * @param offset place of the directory in the file
 * @param bytes size of the directory, 0 to {@value #MAX_DIRECTORY}
 */
record EndRecord(int entries, long offset, long bytes) {
  /** A module of 500 MiB whose files have 4 KiB on average. */
  static final int MAX_ENTRIES = 1 << 17;

  /** In bytes: as many entries, with names of 210 bytes. */
  static final int MAX_DIRECTORY = 32 << 20;

  private static final int LENGTH = 22;
  private static final int LOCATOR_LENGTH = 20;
  private static final int ZIP64_LENGTH = 56;
  private static final long SIGNATURE = 0x06054b50L;
  private static final long LOCATOR_SIGNATURE = 0x07064b50L;
  private static final long ZIP64_SIGNATURE = 0x06064b50L;
  private static final long FIRST_ENTRY_SIGNATURE = 0x04034b50L;

  /** Bytes of a foreign file that a reason quotes. */
  private static final int QUOTE = 16;

  /** Reads it from a file of a given size. */
  static EndSearch read(FileChannel channel, long size) throws IOException {
    Window end = new Window(channel, Math.max(0, size - LENGTH), size, LENGTH);
    if (!end.demand(LENGTH) || end.u32(0) != SIGNATURE) {
      return noEndRecord(channel, size);
    }
    if (end.u16(20) != 0) {
      return EndSearch.broken("comment", "the end record announces a comment");
    }
    if (end.u16(4) != 0 || end.u16(6) != 0 || end.u16(8) != end.u16(10)) {
      return EndSearch.broken("disks", "the archive claims to lie on more than one disk");
    }
    if (zip64Announced(end)) {
      return readZip64(channel, size);
    }
    if (locatorAt(channel, size - LENGTH - LOCATOR_LENGTH)) {
      return EndSearch.broken(
          "zip64", "a zip64 locator stands before an end record that does not need it");
    }
    return bounded(end.u16(10), end.u32(16), end.u32(12), size - LENGTH);
  }

  private static boolean zip64Announced(Window end) {
    return end.u16(10) == 0xffff || end.u32(12) == 0xffff_ffffL || end.u32(16) == 0xffff_ffffL;
  }

  private static boolean locatorAt(FileChannel channel, long place) throws IOException {
    if (place < 0) {
      return false;
    }
    Window locator = new Window(channel, place, place + 4, 4);
    return locator.demand(4) && locator.u32(0) == LOCATOR_SIGNATURE;
  }

  private static EndSearch readZip64(FileChannel channel, long size) throws IOException {
    int length = ZIP64_LENGTH + LOCATOR_LENGTH + LENGTH;
    Window records = new Window(channel, Math.max(0, size - length), size, length);
    if (!records.demand(length) || !zip64Agrees(records, size - length)) {
      return EndSearch.broken(
          "zip64", "the zip64 end record is not of the one form that every reader reads alike");
    }
    long entries = records.u64(32);
    if (entries < 0xffff) {
      return EndSearch.broken("zip64", "zip64 for fewer than 65,535 entries");
    }
    return bounded(entries, records.u64(48), records.u64(40), size - length);
  }

  /** Places: zip64 record at 0, locator at 56, end record at 76. */
  private static boolean zip64Agrees(Window records, long place) {
    boolean record =
        records.u32(0) == ZIP64_SIGNATURE
            && records.u64(4) == ZIP64_LENGTH - 12
            && records.u32(16) == 0
            && records.u32(20) == 0
            && records.u64(24) == records.u64(32);
    boolean locator =
        records.u32(56) == LOCATOR_SIGNATURE
            && records.u32(60) == 0
            && records.u64(64) == place
            && records.u32(72) == 1;
    boolean end =
        records.u16(86) == 0xffff
            && records.u32(88) == 0xffff_ffffL
            && records.u32(92) == 0xffff_ffffL;
    return record && locator && end;
  }

  private static EndSearch bounded(long entries, long offset, long bytes, long directoryEnd) {
    if (offset < 0 || offset > directoryEnd || bytes != directoryEnd - offset) {
      return EndSearch.broken(
          "directory-place",
          "the directory does not end where the end records begin: bytes stand before, between or"
              + " behind the parts of the archive");
    }
    if (entries > MAX_ENTRIES) {
      return EndSearch.broken("entries", "more than " + MAX_ENTRIES + " entries");
    }
    if (bytes > MAX_DIRECTORY) {
      return EndSearch.broken(
          "directory-size", "a directory of more than " + MAX_DIRECTORY + " bytes");
    }
    return new EndSearch.Found(new EndRecord((int) entries, offset, bytes));
  }

  private static EndSearch noEndRecord(FileChannel channel, long size) throws IOException {
    if (size == 0) {
      return EndSearch.broken("empty-file", "the file is empty, not a zip");
    }
    int length = (int) Math.min(QUOTE, size);
    Window start = new Window(channel, 0, length, length);
    boolean zip = start.demand(length) && length >= 4 && start.u32(0) == FIRST_ENTRY_SIGNATURE;
    return zip
        ? EndSearch.broken(
            "end-record",
            "no end record in the last 22 bytes: the archive is cut off, or bytes follow it")
        : EndSearch.broken(
            "not-a-zip", "not a zip; the file begins with " + Quoted.of(start.copy(0, length)));
  }
}
