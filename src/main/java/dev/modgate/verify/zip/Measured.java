package dev.modgate.verify.zip;

/**
 * What stands in a file from a place on, whatever a directory says of it: so many bytes stored, or
 * one deflate stream of so many bytes, and the content that they unpack to. The file only grows, so
 * it stays true.
 */
final class Measured {
  private final int method;
  private final long packedBytes;
  private final long bytes;
  private final long crc;
  private final byte[] sha256;

  /**
   * @param method as {@link Entry#method()}
   * @param packedBytes to the end of the stream, no more and no less
   * @param bytes of the content
   * @param crc of the content
   * @param sha256 of the content; never changed by anyone
   */
  Measured(int method, long packedBytes, long bytes, long crc, byte[] sha256) {
    this.method = method;
    this.packedBytes = packedBytes;
    this.bytes = bytes;
    this.crc = crc;
    this.sha256 = sha256;
  }

  /** True if it is what reading the entry's data from the same place would find. */
  boolean fits(Entry entry) {
    return method == entry.method() && packedBytes == entry.packedBytes() && bytes == entry.bytes();
  }

  long crc() {
    return crc;
  }

  byte[] sha256() {
    return sha256;
  }
}
