package dev.modgate.verify.zip;

import java.io.IOException;

/**
 * The entry as it lies in the file: local header (APPNOTE.TXT 4.3.7), data, data descriptor
 * (4.3.9). All of it must say what the directory says, and it must begin where the entry before it
 * ended.
 *
 * <p>A data descriptor may lack its signature. Its 64-bit form is refused: readers tell it from the
 * 32-bit form in different ways, and no module is so large as to need it.
 */
final class LocalEntry {
  private static final int LENGTH = 30;
  private static final long SIGNATURE = 0x04034b50L;
  private static final long DESCRIPTOR_SIGNATURE = 0x08074b50L;

  private final Window file;
  private final Content content;
  private final Fault fault;

  LocalEntry(Window file, Content content, Fault fault) {
    this.file = file;
    this.content = content;
    this.fault = fault;
  }

  /** Reads the whole entry. */
  boolean read(Entry entry) throws IOException {
    return begins(entry)
        && agrees(entry)
        && sizesAgree(entry)
        && passHeader(entry)
        && content.read(file, entry)
        && (!entry.hasDescriptor() || descriptorAgrees(entry));
  }

  /** Nothing may follow the entry last read. */
  boolean isLast() {
    return file.left() == 0 || fault.of("gap", "bytes of no entry before the directory");
  }

  /** An entry must begin where the one last read ended. */
  boolean isFollowedBy(Entry entry) {
    if (entry.offset() > file.position()) {
      return fault.of("gap", "bytes of no entry before " + entry.quotedName());
    }
    return entry.offset() == file.position()
        || fault.of("overlap", "begins before the entry before it ended: " + entry.quotedName());
  }

  private boolean begins(Entry entry) throws IOException {
    if (!isFollowedBy(entry)) {
      return false;
    }
    if (!file.demand(LENGTH + entry.name().length) || file.u32(0) != SIGNATURE) {
      return fault.of("local-header", "no local header for " + entry.quotedName());
    }
    return true;
  }

  private boolean agrees(Entry entry) {
    if (file.u16(26) != entry.name().length || !file.matches(LENGTH, entry.name())) {
      return fault.of("local-name", "another name in its local header: " + entry.quotedName());
    }
    if (file.u16(28) != 0) {
      return fault.of("extra", "an extra field in the local header of " + entry.quotedName());
    }
    if (file.u16(6) != entry.flags()) {
      return fault.of("local-flags", "other flags in its local header: " + entry.quotedName());
    }
    return file.u16(8) == entry.method()
        || fault.of("local-method", "another method in its local header: " + entry.quotedName());
  }

  /** With a data descriptor they may also all be 0 (APPNOTE.TXT 4.4.4, bit 3). */
  private boolean sizesAgree(Entry entry) {
    boolean same = sizesAt(14, entry);
    boolean absent = file.u32(14) == 0 && file.u32(18) == 0 && file.u32(22) == 0;
    return same
        || (absent && entry.hasDescriptor())
        || fault.of(
            "local-size", "another size or CRC-32 in its local header: " + entry.quotedName());
  }

  private boolean passHeader(Entry entry) {
    file.skip(LENGTH + entry.name().length);
    return entry.packedBytes() <= file.left()
        || fault.of("overlap", "runs into the directory: " + entry.quotedName());
  }

  private boolean descriptorAgrees(Entry entry) throws IOException {
    boolean signed = file.demand(4) && file.u32(0) == DESCRIPTOR_SIGNATURE;
    int at = signed ? 4 : 0;
    if (!file.demand(at + 12) || !sizesAt(at, entry)) {
      return fault.of(
          "descriptor", "the data descriptor does not say the same: " + entry.quotedName());
    }
    file.skip(at + 12);
    return true;
  }

  private boolean sizesAt(int at, Entry entry) {
    return file.u32(at) == entry.crc()
        && file.u32(at + 4) == entry.packedBytes()
        && file.u32(at + 8) == entry.bytes();
  }
}
