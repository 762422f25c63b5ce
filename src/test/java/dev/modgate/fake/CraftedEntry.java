package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One entry of a {@link CraftedZip}. A setter without {@code local} in its name speaks for the
 * directory and the local header alike, unless the local one is set besides.
 */
public final class CraftedEntry {
  private static final int DEFLATED = 8;
  private static final int DESCRIPTOR = 8;
  private static final int UTF8 = 0x800;

  /** What stands behind the data. */
  public enum Descriptor {
    NONE,
    UNSIGNED,
    SIGNED,
    /** With sizes of 64 bits. */
    WIDE
  }

  private byte[] name;
  private byte[] localName;
  private byte[] packed;
  private int method = DEFLATED;
  private int localMethod = DEFLATED;
  private int flags = DESCRIPTOR;
  private int localFlags = DESCRIPTOR;
  private long crc;
  private long bytes;
  private long packedBytes;
  private long localCrc;
  private long localBytes;
  private long localPackedBytes;
  private long descriptorCrc;
  private Descriptor descriptor = Descriptor.SIGNED;
  private byte[] extra = {};
  private byte[] localExtra = {};
  private byte[] comment = {};
  private byte[] gapBefore = {};
  private long attributes;
  private int disk;
  private long offset = -1;
  private long offsetShift;
  private boolean listed = true;
  private boolean written = true;

  /** Whose bytes the directory points at. */
  private CraftedEntry original = this;

  CraftedEntry(byte[] name, byte[] content) {
    this.name = name;
    this.localName = name;
    CRC32 sum = new CRC32();
    sum.update(content);
    this.crc = sum.getValue();
    this.descriptorCrc = crc;
    this.bytes = content.length;
    this.packed = deflate(content);
    this.packedBytes = packed.length;
    if (!new String(name, UTF_8).chars().allMatch(c -> c < 0x80)) {
      flags(flags | UTF8);
    }
  }

  /** A listing of the same bytes under another name. */
  CraftedEntry quotedAs(byte[] otherName) {
    CraftedEntry quoting = new CraftedEntry(otherName, new byte[0]);
    quoting.method = method;
    quoting.flags = flags;
    quoting.crc = crc;
    quoting.bytes = bytes;
    quoting.packedBytes = packedBytes;
    quoting.offset = offset;
    quoting.written = false;
    quoting.original = this;
    return quoting;
  }

  private static byte[] deflate(byte[] content) {
    if (content.length == 0) {
      return new byte[] {3, 0};
    }
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    deflater.setInput(content);
    deflater.finish();
    drain(deflater, out);
    deflater.end();
    return out.toByteArray();
  }

  /** A deflate stream of nothing but zeros. */
  public static byte[] deflatedZeros(int mebibytes) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    for (int i = 0; i < mebibytes; i++) {
      deflater.setInput(zeros);
      drain(deflater, out);
    }
    deflater.finish();
    drain(deflater, out);
    deflater.end();
    return out.toByteArray();
  }

  private static void drain(Deflater deflater, ByteArrayOutputStream out) {
    byte[] buffer = new byte[64 << 10];
    while (!deflater.needsInput() || !deflater.finished()) {
      int length = deflater.deflate(buffer);
      if (length == 0) {
        return;
      }
      out.write(buffer, 0, length);
    }
  }

  /** Stored, its sizes in the local header; the content is what it was made with. */
  public CraftedEntry stored(byte[] content) {
    return packed(content).method(0).sizesInHeader();
  }

  /** No data descriptor. */
  public CraftedEntry sizesInHeader() {
    descriptor = Descriptor.NONE;
    localCrc = crc;
    localBytes = bytes;
    localPackedBytes = packedBytes;
    return flags(flags & ~DESCRIPTOR);
  }

  /** Data as it lies in the file. */
  public CraftedEntry packed(byte[] data) {
    packed = data.clone();
    packedBytes = data.length;
    return this;
  }

  /** The same content as another entry's. */
  public CraftedEntry contentOf(CraftedEntry other) {
    return packed(other.packed).size(other.bytes).crc(other.crc);
  }

  public byte[] packed() {
    return packed.clone();
  }

  public CraftedEntry rawName(byte[] raw) {
    name = raw.clone();
    localName = raw.clone();
    return this;
  }

  public CraftedEntry localName(String other) {
    localName = other.getBytes(UTF_8);
    return this;
  }

  public CraftedEntry method(int number) {
    method = number;
    localMethod = number;
    return this;
  }

  public CraftedEntry localMethod(int number) {
    localMethod = number;
    return this;
  }

  public CraftedEntry flags(int bits) {
    flags = bits;
    localFlags = bits;
    return this;
  }

  public CraftedEntry localFlags(int bits) {
    localFlags = bits;
    return this;
  }

  /** In the directory and the data descriptor. */
  public CraftedEntry crc(long claimed) {
    crc = claimed;
    descriptorCrc = claimed;
    return this;
  }

  public CraftedEntry descriptorCrc(long claimed) {
    descriptorCrc = claimed;
    return this;
  }

  public CraftedEntry size(long claimed) {
    bytes = claimed;
    return this;
  }

  public CraftedEntry packedSize(long claimed) {
    packedBytes = claimed;
    return this;
  }

  public CraftedEntry localCrc(long claimed) {
    localCrc = claimed;
    return this;
  }

  public CraftedEntry localSize(long claimed) {
    localBytes = claimed;
    return this;
  }

  public CraftedEntry localPackedSize(long claimed) {
    localPackedBytes = claimed;
    return this;
  }

  public CraftedEntry descriptor(Descriptor form) {
    descriptor = form;
    return this;
  }

  public CraftedEntry extra(byte[] bytesOfIt) {
    extra = bytesOfIt.clone();
    return this;
  }

  public CraftedEntry localExtra(byte[] bytesOfIt) {
    localExtra = bytesOfIt.clone();
    return this;
  }

  public CraftedEntry comment(byte[] bytesOfIt) {
    comment = bytesOfIt.clone();
    return this;
  }

  public CraftedEntry gapBefore(byte[] bytesOfIt) {
    gapBefore = bytesOfIt.clone();
    return this;
  }

  /** External attributes; the high half is the Unix mode. */
  public CraftedEntry attributes(long bits) {
    attributes = bits;
    return this;
  }

  public CraftedEntry disk(int number) {
    disk = number;
    return this;
  }

  /** Moves the place that the directory gives. */
  public CraftedEntry offsetShift(long by) {
    offsetShift = by;
    return this;
  }

  /** Lies in the file, but the directory is silent about it. */
  public CraftedEntry hidden() {
    listed = false;
    return this;
  }

  boolean listed() {
    return listed;
  }

  void writeLocal(ByteArrayOutputStream file) {
    if (!written) {
      return;
    }
    file.writeBytes(gapBefore);
    offset = file.size();
    LittleEndian out = new LittleEndian(file);
    out.u32(0x04034b50L).u16(20).u16(localFlags).u16(localMethod).u32(0);
    out.u32(localCrc).u32(localPackedBytes).u32(localBytes);
    out.u16(localName.length).u16(localExtra.length);
    file.writeBytes(localName);
    file.writeBytes(localExtra);
    file.writeBytes(packed);
    writeDescriptor(out);
  }

  private void writeDescriptor(LittleEndian out) {
    switch (descriptor) {
      case NONE -> {}
      case UNSIGNED -> out.u32(descriptorCrc).u32(packedBytes).u32(bytes);
      case SIGNED -> out.u32(0x08074b50L).u32(descriptorCrc).u32(packedBytes).u32(bytes);
      case WIDE -> out.u32(0x08074b50L).u32(descriptorCrc).u64(packedBytes).u64(bytes);
    }
  }

  void writeListed(ByteArrayOutputStream file) {
    LittleEndian out = new LittleEndian(file);
    out.u32(0x02014b50L).u16(20).u16(20).u16(flags).u16(method).u32(0);
    out.u32(crc).u32(packedBytes).u32(bytes);
    out.u16(name.length).u16(extra.length).u16(comment.length).u16(disk).u16(0);
    out.u32(attributes).u32(original.offset + offsetShift);
    file.writeBytes(name);
    file.writeBytes(extra);
    file.writeBytes(comment);
  }
}
