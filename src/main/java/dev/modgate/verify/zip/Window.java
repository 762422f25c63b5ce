package dev.modgate.verify.zip;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Reads a stretch of a file forwards, once, through one buffer. Numbers are little-endian and
 * unsigned (APPNOTE.TXT 4.4.1.1); their places count from the next unread byte.
 */
final class Window {
  private final FileChannel channel;
  private final ByteBuffer buffer;

  /** Place in the file of the first byte that is not in the buffer yet. */
  private long loaded;

  private long end;

  /**
   * @param from place in the file of the first byte
   * @param end place behind the last byte
   * @param capacity largest number of bytes that {@link #demand} may ask for
   */
  Window(FileChannel channel, long from, long end, int capacity) {
    this(channel, from, end, new byte[capacity]);
  }

  /**
   * The same through a buffer that may hold anything at first.
   *
   * @param buffer of this window alone as long as it is used
   */
  Window(FileChannel channel, long from, long end, byte[] buffer) {
    this.channel = channel;
    this.loaded = from;
    this.end = end;
    this.buffer = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  }

  /** Place in the file of the next unread byte. */
  long position() {
    return loaded - buffer.remaining();
  }

  /** Number of bytes to the end of the stretch. */
  long left() {
    return end - position();
  }

  /**
   * Lets the stretch end elsewhere, not before the next unread byte.
   *
   * @param place in the file, behind the last byte
   */
  void endAt(long place) {
    end = place;
  }

  /** Number of bytes that {@link #array} holds from {@link #at} on. */
  int ready() {
    return buffer.remaining();
  }

  /**
   * Makes the next bytes ready.
   *
   * @return false if the stretch ends before
   */
  boolean demand(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return true;
    }
    if (left() < bytes) {
      return false;
    }
    buffer.compact();
    buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + (end - loaded)));
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, loaded);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      loaded += read;
    }
    buffer.flip();
    return true;
  }

  int u16(int at) {
    return buffer.getShort(buffer.position() + at) & 0xffff;
  }

  long u32(int at) {
    return buffer.getInt(buffer.position() + at) & 0xffff_ffffL;
  }

  /** Eight bytes; a negative value is 2^63 or more. */
  long u64(int at) {
    return buffer.getLong(buffer.position() + at);
  }

  byte[] copy(int at, int length) {
    byte[] copy = new byte[length];
    buffer.get(buffer.position() + at, copy);
    return copy;
  }

  /** True if the ready bytes from a place on are these. */
  boolean matches(int at, byte[] expected) {
    int from = at() + at;
    return Arrays.equals(
        buffer.array(), from, from + expected.length, expected, 0, expected.length);
  }

  /** The buffer's bytes, valid until the next {@link #demand}. */
  byte[] array() {
    return buffer.array();
  }

  /** Where the next unread byte stands in {@link #array}. */
  int at() {
    return buffer.arrayOffset() + buffer.position();
  }

  /** Passes over ready bytes. */
  void skip(int bytes) {
    buffer.position(buffer.position() + bytes);
  }

  /** Makes the bytes unread again that were passed over last, before anything else is demanded. */
  void giveBack(int bytes) {
    buffer.position(buffer.position() - bytes);
  }

  /** Passes over bytes of the stretch; those that are not ready are not read. */
  void pass(long bytes) {
    if (bytes <= ready()) {
      skip((int) bytes);
    } else {
      loaded = position() + bytes;
      buffer.limit(0);
    }
  }
}
