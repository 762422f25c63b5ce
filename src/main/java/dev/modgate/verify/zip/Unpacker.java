package dev.modgate.verify.zip;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the data of one entry after another, each in as many pieces as it comes in, and keeps
 * nothing of it but its sizes, CRC-32 and SHA-256. What it needs does not depend on what the zip
 * holds, and what it finds does not depend on the pieces.
 */
final class Unpacker {

  /** How far a deflate stream has been followed. */
  enum State {
    /** To the end of what was given; it goes on behind it. */
    OPEN,
    /** To its own end. */
    ENDED,
    /** To bytes that are not deflate. */
    MALFORMED,
    /** To more content than it may have. */
    TOO_LONG
  }

  private final Inflater inflater;
  private final byte[] unpacked;
  private final CRC32 crc;
  private final MessageDigest sha256;
  private long bytes;

  /**
   * @param workspace of this alone as long as it is used
   */
  Unpacker(Workspace workspace) {
    this.inflater = workspace.inflater;
    this.unpacked = workspace.unpacked;
    this.crc = workspace.crc;
    this.sha256 = workspace.sha256;
  }

  /** What comes next is of another entry. */
  void begin() {
    inflater.reset();
    crc.reset();
    sha256.reset();
    bytes = 0;
  }

  /**
   * Follows a deflate stream, to be called again with what comes behind if it stays open. Once it
   * has ended, the next byte of the file is the one behind it.
   *
   * @param most bytes of the file, at most; the window is known to hold them
   * @param limit bytes of the whole stream's content, at most
   */
  State inflate(Window file, long most, long limit) throws IOException {
    long left = most;
    while (!inflater.finished()) {
      if (left > 0 && inflater.needsInput()) {
        left -= feed(file, left);
      }
      int length = inflateSome();
      if (length < 0) {
        return State.MALFORMED;
      }
      if (length == 0 && left == 0 && !inflater.finished()) {
        return State.OPEN;
      }
      take(unpacked, 0, length);
      if (bytes > limit) {
        return State.TOO_LONG;
      }
    }
    file.giveBack(inflater.getRemaining());
    return State.ENDED;
  }

  /** Takes bytes as they are; the window is known to hold them. */
  void copy(Window file, long most) throws IOException {
    long left = most;
    while (left > 0) {
      int chunk = chunk(file, left);
      take(file.array(), file.at(), chunk);
      file.skip(chunk);
      left -= chunk;
    }
  }

  /** Length of the deflate stream as far as it has been followed. */
  long deflated() {
    return inflater.getBytesRead();
  }

  /** Length of the content so far. */
  long bytes() {
    return bytes;
  }

  /** Of the content so far. */
  long crc() {
    return crc.getValue();
  }

  /** Of the content, which ends here: it may be asked for once. */
  byte[] sha256() {
    return sha256.digest();
  }

  /** The inflater has taken all of it before the window is asked for more. */
  private int feed(Window file, long left) throws IOException {
    int chunk = chunk(file, left);
    inflater.setInput(file.array(), file.at(), chunk);
    file.skip(chunk);
    return chunk;
  }

  /** Number of the bytes that are ready, at least 1. */
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

  private void take(byte[] content, int from, int length) {
    crc.update(content, from, length);
    sha256.update(content, from, length);
    bytes += length;
  }
}
