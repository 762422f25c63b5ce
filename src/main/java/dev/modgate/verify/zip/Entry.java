package dev.modgate.verify.zip;

import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.io.IOException;
import java.util.Optional;

/**
 * What the directory says of one entry (APPNOTE.TXT 4.3.12). It is read once.
 *
 * <p>Extra fields and comments are refused: an extra field may carry another name (0x7075) or other
 * sizes (0x0001), which only some readers follow. What x/mod/zip and cmd/go write has neither.
 */
final class Entry {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** CRC-32 and sizes stand behind the data. */
  static final int DESCRIPTOR = 1 << 3;

  /** In bytes: the longest path that Linux opens (PATH_MAX without its final NUL). */
  static final int MAX_NAME = 4095;

  private static final int ENCRYPTED = 1;

  /** The name is UTF-8. */
  private static final int UTF8 = 1 << 11;

  /** How hard the deflater tried; no reader acts on it. */
  private static final int EFFORT = 0b110;

  static final long SIGNATURE = 0x02014b50L;
  static final int LENGTH = 46;

  private byte[] name = new byte[0];
  private int flags;
  private int method;
  private long crc;
  private long packedBytes;
  private long bytes;
  private long offset;

  /** Reads the next record of the directory. */
  Optional<Unsound> read(Window directory) throws IOException {
    if (!directory.demand(LENGTH) || directory.u32(0) != SIGNATURE) {
      return Fault.of("directory", "the directory has fewer entries than the end record counts");
    }
    int nameLength = directory.u16(28);
    if (nameLength == 0 || nameLength > MAX_NAME) {
      return Fault.of("name-length", "a name of " + nameLength + " bytes; 1 to " + MAX_NAME);
    }
    if (!directory.demand(LENGTH + nameLength)) {
      return Fault.of("directory", "a name runs over the end of the directory");
    }
    name = directory.copy(LENGTH, nameLength);
    flags = directory.u16(8);
    method = directory.u16(10);
    crc = directory.u32(16);
    packedBytes = directory.u32(20);
    bytes = directory.u32(24);
    offset = directory.u32(42);
    Optional<Unsound> fault = checkPlain(directory.u16(30), directory.u16(32), directory.u16(34));
    directory.skip(LENGTH + nameLength);
    return fault.isPresent() ? fault : checkReadable();
  }

  /** Length of the directory's next record, so far as it has a plain form; its head is ready. */
  static int length(Window directory) {
    return LENGTH + directory.u16(28);
  }

  private Optional<Unsound> checkPlain(int extraLength, int commentLength, int disk) {
    if (extraLength != 0) {
      return Fault.of("extra", "an extra field in the directory at " + quotedName());
    }
    if (commentLength != 0) {
      return Fault.of("entry-comment", "a comment at " + quotedName());
    }
    if (disk != 0) {
      return Fault.of("disks", "on another disk: " + quotedName());
    }
    return Optional.empty();
  }

  private Optional<Unsound> checkReadable() {
    if ((flags & ENCRYPTED) != 0) {
      return Fault.of("encrypted", "encrypted: " + quotedName());
    }
    if ((flags & ~(DESCRIPTOR | UTF8 | EFFORT)) != 0) {
      return Fault.of("flags", "unknown flags " + flags + " at " + quotedName());
    }
    if (method != STORED && method != DEFLATED) {
      return Fault.of("method", "compression method " + method + " at " + quotedName());
    }
    if (method == STORED && hasDescriptor()) {
      return Fault.of(
          "stored-descriptor", "stored, with sizes behind the data only: " + quotedName());
    }
    if (method == STORED && packedBytes != bytes) {
      return Fault.of("size", "stored, with two different sizes: " + quotedName());
    }
    return Optional.empty();
  }

  /** Never changed by anyone. */
  byte[] name() {
    return name;
  }

  String quotedName() {
    return Quoted.of(name);
  }

  int flags() {
    return flags;
  }

  int method() {
    return method;
  }

  boolean hasDescriptor() {
    return (flags & DESCRIPTOR) != 0;
  }

  boolean saysUtf8() {
    return (flags & UTF8) != 0;
  }

  /** Declared CRC-32. */
  long crc() {
    return crc;
  }

  /** Declared size of the data in the file. */
  long packedBytes() {
    return packedBytes;
  }

  /** Declared size of the content. */
  long bytes() {
    return bytes;
  }

  /** Place in the file of the local header. */
  long offset() {
    return offset;
  }
}
