package dev.modgate.verify.zip;

import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.io.IOException;
import java.util.Optional;

/**
 * The entry as it lies in the file: local header (APPNOTE.TXT 4.3.7), data, data descriptor
 * (4.3.9). All of it must say what the directory says, and it must begin where the entry before it
 * ended.
 *
 * <p>A data descriptor may lack its signature. Its 64-bit form is refused: readers tell it from the
 * 32-bit form in different ways, and no module is so large as to need it.
 */
final class LocalEntry {
  static final int LENGTH = 30;
  static final long SIGNATURE = 0x04034b50L;
  private static final int DESCRIPTOR = 12;
  private static final long DESCRIPTOR_SIGNATURE = 0x08074b50L;

  private final Window file;
  private final Content content;

  LocalEntry(Window file, Content content) {
    this.file = file;
    this.content = content;
  }

  /** Reads the whole entry. */
  Optional<Unsound> read(Entry entry) throws IOException {
    Optional<Unsound> fault = readHeader(entry);
    if (fault.isEmpty()) {
      fault = content.read(file, entry);
    }
    return fault.isEmpty() && entry.hasDescriptor() ? readDescriptor(entry) : fault;
  }

  /** Nothing may follow the entry last read. */
  Optional<Unsound> checkLast() {
    if (file.left() != 0) {
      return Fault.of("gap", "bytes of no entry before the directory");
    }
    return Optional.empty();
  }

  /** An entry must begin where the one last read ended. */
  Optional<Unsound> checkFollowedBy(Entry entry) {
    if (entry.offset() > file.position()) {
      return Fault.of("gap", "bytes of no entry before " + entry.quotedName());
    }
    if (entry.offset() < file.position()) {
      return Fault.of("overlap", "begins before the entry before it ended: " + entry.quotedName());
    }
    return Optional.empty();
  }

  private Optional<Unsound> readHeader(Entry entry) throws IOException {
    Optional<Unsound> fault = checkFollowedBy(entry);
    if (fault.isPresent()) {
      return fault;
    }
    if (!file.demand(LENGTH + entry.name().length) || file.u32(0) != SIGNATURE) {
      return Fault.of("local-header", "no local header for " + entry.quotedName());
    }
    fault = checkHeader(entry);
    if (fault.isPresent()) {
      return fault;
    }
    file.skip(LENGTH + entry.name().length);
    if (entry.packedBytes() > file.left()) {
      return Fault.of("overlap", "runs into the directory: " + entry.quotedName());
    }
    return Optional.empty();
  }

  private Optional<Unsound> checkHeader(Entry entry) {
    if (file.u16(26) != entry.name().length || !file.matches(LENGTH, entry.name())) {
      return Fault.of("local-name", "another name in its local header: " + entry.quotedName());
    }
    if (file.u16(28) != 0) {
      return Fault.of("extra", "an extra field in the local header of " + entry.quotedName());
    }
    if (file.u16(6) != entry.flags()) {
      return Fault.of("local-flags", "other flags in its local header: " + entry.quotedName());
    }
    if (file.u16(8) != entry.method()) {
      return Fault.of("local-method", "another method in its local header: " + entry.quotedName());
    }
    if (!headerSizesAgree(entry)) {
      return Fault.of(
          "local-size", "another size or CRC-32 in its local header: " + entry.quotedName());
    }
    return Optional.empty();
  }

  /** With a data descriptor they may also all be 0 (APPNOTE.TXT 4.4.4, bit 3). */
  private boolean headerSizesAgree(Entry entry) {
    boolean absent = file.u32(14) == 0 && file.u32(18) == 0 && file.u32(22) == 0;
    return sizesAgree(14, entry) || (absent && entry.hasDescriptor());
  }

  private Optional<Unsound> readDescriptor(Entry entry) throws IOException {
    int length = file.demand(4) ? descriptorLength(file) : DESCRIPTOR;
    if (!file.demand(length) || !sizesAgree(length - DESCRIPTOR, entry)) {
      return Fault.of(
          "descriptor", "the data descriptor does not say the same: " + entry.quotedName());
    }
    file.skip(length);
    return Optional.empty();
  }

  /** Of the data descriptor that begins with the next byte; four are ready. */
  static int descriptorLength(Window file) {
    return file.u32(0) == DESCRIPTOR_SIGNATURE ? 4 + DESCRIPTOR : DESCRIPTOR;
  }

  private boolean sizesAgree(int at, Entry entry) {
    return file.u32(at) == entry.crc()
        && file.u32(at + 4) == entry.packedBytes()
        && file.u32(at + 8) == entry.bytes();
  }
}
