package dev.modgate.verify.zip;

import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks one entry after another, keeps nothing of them but the SHA-256, and proves the declared
 * CRC-32 and sizes. A deflate stream must end at the last byte of its entry. What it needs does not
 * depend on what the zip holds.
 */
final class Content {
  private final Inflater inflater;
  private final byte[] unpacked;
  private final CRC32 crc;
  private final MessageDigest sha256;

  /**
   * @param workspace taken by this thread
   */
  Content(Workspace workspace) {
    this.inflater = workspace.inflater;
    this.unpacked = workspace.unpacked;
    this.crc = workspace.crc;
    this.sha256 = workspace.sha256;
  }

  /** Reads an entry's data, whose declared size the window is known to hold. */
  Optional<Unsound> read(Window file, Entry entry) throws IOException {
    crc.reset();
    sha256.reset();
    if (entry.method() == Entry.DEFLATED) {
      Optional<Unsound> fault = inflate(file, entry);
      if (fault.isPresent()) {
        return fault;
      }
    } else {
      copy(file, entry.bytes());
    }
    if (crc.getValue() != entry.crc()) {
      return Fault.of("crc", "its CRC-32 is not true: " + entry.quotedName());
    }
    return Optional.empty();
  }

  /** SHA-256 of the content last read. */
  byte[] sha256() {
    return sha256.digest();
  }

  private void copy(Window file, long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      int chunk = chunk(file, left);
      take(file.array(), file.at(), chunk);
      file.skip(chunk);
      left -= chunk;
    }
  }

  private Optional<Unsound> inflate(Window file, Entry entry) throws IOException {
    inflater.reset();
    long packedLeft = entry.packedBytes();
    long done = 0;
    while (!inflater.finished()) {
      if (packedLeft > 0 && inflater.needsInput()) {
        packedLeft -= feed(file, packedLeft);
      }
      int length = inflateSome();
      if (length < 0) {
        return Fault.of("deflate", "its data is not deflate: " + entry.quotedName());
      }
      if (length == 0 && packedLeft == 0 && !inflater.finished()) {
        return Fault.of("deflate", "its data ends too early: " + entry.quotedName());
      }
      done += length;
      if (done > entry.bytes()) {
        return Fault.of("size", "it unpacks to more than it declares: " + entry.quotedName());
      }
      take(unpacked, 0, length);
    }
    if (packedLeft != 0 || inflater.getRemaining() != 0) {
      return Fault.of("deflate-tail", "bytes behind its deflate stream: " + entry.quotedName());
    }
    if (done < entry.bytes()) {
      return Fault.of("size", "it unpacks to less than it declares: " + entry.quotedName());
    }
    return Optional.empty();
  }

  /** The inflater has taken all of it before the window is asked for more. */
  private int feed(Window file, long packedLeft) throws IOException {
    int chunk = chunk(file, packedLeft);
    inflater.setInput(file.array(), file.at(), chunk);
    file.skip(chunk);
    return chunk;
  }

  /** Number of the entry's bytes that are ready, at least 1. */
  private static int chunk(Window file, long left) throws IOException {
    if (!file.demand(1)) {
      throw new IllegalStateException("an entry longer than its file");
    }
    return (int) Math.min(left, file.ready());
  }

  /** Number of bytes unpacked; -1 if the stream is malformed. */
  private int inflateSome() {
    try {
      int length = inflater.inflate(unpacked);
      boolean stuck = length == 0 && !inflater.finished() && !inflater.needsInput();
      return stuck ? -1 : length;
    } catch (DataFormatException e) {
      return -1;
    }
  }

  private void take(byte[] bytes, int from, int length) {
    crc.update(bytes, from, length);
    sha256.update(bytes, from, length);
  }
}
