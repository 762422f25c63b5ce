package dev.modgate.verify.zip;

import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the data of one entry after another, keeps nothing of it but the SHA-256, and proves the
 * declared CRC-32 and sizes. A deflate stream must end at the last byte of its entry. Data that was
 * measured ahead is passed over, if it was measured from the same place on and in the same lengths.
 */
final class Content {
  private final Unpacker unpacker;
  private final ReadAhead ahead;
  private byte[] sha256 = {};

  /**
   * @param workspace taken by this thread
   * @param ahead of the same file, ended
   */
  Content(Workspace workspace, ReadAhead ahead) {
    this.unpacker = new Unpacker(workspace);
    this.ahead = ahead;
  }

  /** Reads an entry's data, whose declared size the window is known to hold. */
  Optional<Unsound> read(Window file, Entry entry) throws IOException {
    Optional<Measured> known = ahead.measured(file.position(), entry);
    if (known.isPresent()) {
      file.pass(entry.packedBytes());
      return accept(entry, known.get().crc(), known.get().sha256());
    }
    unpacker.begin();
    if (entry.method() == Entry.DEFLATED) {
      Optional<Unsound> fault = inflate(file, entry);
      if (fault.isPresent()) {
        return fault;
      }
    } else {
      unpacker.copy(file, entry.bytes());
    }
    return accept(entry, unpacker.crc(), unpacker.sha256());
  }

  /** SHA-256 of the content last read. */
  byte[] sha256() {
    return sha256;
  }

  private Optional<Unsound> accept(Entry entry, long crc, byte[] digest) {
    sha256 = digest;
    if (crc != entry.crc()) {
      return Fault.of("crc", "its CRC-32 is not true: " + entry.quotedName());
    }
    return Optional.empty();
  }

  private Optional<Unsound> inflate(Window file, Entry entry) throws IOException {
    return switch (unpacker.inflate(file, entry.packedBytes(), entry.bytes())) {
      case MALFORMED -> Fault.of("deflate", "its data is not deflate: " + entry.quotedName());
      case OPEN -> Fault.of("deflate", "its data ends too early: " + entry.quotedName());
      case TOO_LONG ->
          Fault.of("size", "it unpacks to more than it declares: " + entry.quotedName());
      case ENDED -> checkLengths(entry);
    };
  }

  private Optional<Unsound> checkLengths(Entry entry) {
    if (unpacker.deflated() < entry.packedBytes()) {
      return Fault.of("deflate-tail", "bytes behind its deflate stream: " + entry.quotedName());
    }
    if (unpacker.bytes() < entry.bytes()) {
      return Fault.of("size", "it unpacks to less than it declares: " + entry.quotedName());
    }
    return Optional.empty();
  }
}
