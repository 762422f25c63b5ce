package dev.modgate.fake;

import java.io.ByteArrayOutputStream;

/** Numbers as zips hold them. */
final class LittleEndian {
  private final ByteArrayOutputStream out;

  LittleEndian(ByteArrayOutputStream out) {
    this.out = out;
  }

  LittleEndian u16(int value) {
    return number(value, 2);
  }

  LittleEndian u32(long value) {
    return number(value, 4);
  }

  LittleEndian u64(long value) {
    return number(value, 8);
  }

  private LittleEndian number(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
    return this;
  }
}
