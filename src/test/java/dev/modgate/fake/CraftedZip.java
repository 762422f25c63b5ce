package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.verify.module.ModuleVersion;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes zips byte by byte: honest ones of the layout that Go writes, and any lie that a test wants
 * to tell. What is not set is true.
 */
public final class CraftedZip {
  private final List<CraftedEntry> entries = new ArrayList<>();
  private byte[] prepended = {};
  private byte[] beforeDirectory = {};
  private byte[] afterDirectory = {};
  private byte[] appended = {};
  private byte[] comment = {};
  private int disk;
  private int count = -1;
  private long directoryBytes = -1;
  private long directoryShift;
  private Zip64 zip64 = Zip64.NEVER;

  /** When the zip64 end record and its locator are written. */
  public enum Zip64 {
    NEVER,
    /** And the end record's numbers are at their maximum. */
    ALWAYS,
    /** And the end record says everything itself. */
    UNANNOUNCED,
    /** The zip64 record counts one entry too few. */
    WRONG_COUNT,
    /** The locator points one byte too far. */
    WRONG_PLACE
  }

  /** A module zip as x/mod/zip writes it; names are relative to the module. */
  public static byte[] honest(ModuleVersion version, Map<String, byte[]> files) {
    CraftedZip zip = new CraftedZip();
    new TreeMap<>(files).forEach((name, content) -> zip.add(version + "/" + name, content));
    return zip.bytes();
  }

  /** Adds an entry as Go writes it: deflated, with a data descriptor. */
  public CraftedEntry add(String name, byte[] content) {
    CraftedEntry entry = new CraftedEntry(name.getBytes(UTF_8), content);
    entries.add(entry);
    return entry;
  }

  public CraftedEntry add(String name, String content) {
    return add(name, content.getBytes(UTF_8));
  }

  /** The entry added at a place, from 0. */
  public CraftedEntry entry(int index) {
    return entries.get(index);
  }

  /** Lists an entry in the directory a second time, over the same bytes. */
  public CraftedEntry addQuoting(CraftedEntry original, String name) {
    CraftedEntry quoting = original.quotedAs(name.getBytes(UTF_8));
    entries.add(quoting);
    return quoting;
  }

  /** Bytes before the first entry; the places in the directory count them. */
  public CraftedZip prepend(byte[] bytes) {
    prepended = bytes.clone();
    return this;
  }

  public CraftedZip beforeDirectory(byte[] bytes) {
    beforeDirectory = bytes.clone();
    return this;
  }

  public CraftedZip afterDirectory(byte[] bytes) {
    afterDirectory = bytes.clone();
    return this;
  }

  public CraftedZip append(byte[] bytes) {
    appended = bytes.clone();
    return this;
  }

  public CraftedZip comment(byte[] bytes) {
    comment = bytes.clone();
    return this;
  }

  public CraftedZip disk(int number) {
    disk = number;
    return this;
  }

  /** The number of entries that the end record claims. */
  public CraftedZip count(int claimed) {
    count = claimed;
    return this;
  }

  public CraftedZip directoryBytes(long claimed) {
    directoryBytes = claimed;
    return this;
  }

  public CraftedZip directoryShift(long bytes) {
    directoryShift = bytes;
    return this;
  }

  public CraftedZip zip64(Zip64 form) {
    zip64 = form;
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(prepended);
    entries.forEach(entry -> entry.writeLocal(file));
    file.writeBytes(beforeDirectory);
    long start = file.size();
    entries.stream().filter(CraftedEntry::listed).forEach(entry -> entry.writeListed(file));
    long length = file.size() - start;
    file.writeBytes(afterDirectory);
    writeEnd(file, start + directoryShift, directoryBytes < 0 ? length : directoryBytes);
    file.writeBytes(comment);
    file.writeBytes(appended);
    return file.toByteArray();
  }

  private void writeEnd(ByteArrayOutputStream file, long start, long length) {
    int listed = (int) entries.stream().filter(CraftedEntry::listed).count();
    int claimed = count < 0 ? listed : count;
    if (zip64 != Zip64.NEVER) {
      writeZip64(file, start, length, claimed);
    }
    boolean hidden = zip64 != Zip64.NEVER && zip64 != Zip64.UNANNOUNCED;
    LittleEndian out = new LittleEndian(file);
    out.u32(0x06054b50L).u16(disk).u16(disk);
    out.u16(hidden ? 0xffff : claimed).u16(hidden ? 0xffff : claimed);
    out.u32(hidden ? 0xffff_ffffL : length).u32(hidden ? 0xffff_ffffL : start);
    out.u16(comment.length);
  }

  private void writeZip64(ByteArrayOutputStream file, long start, long length, int claimed) {
    long place = (long) file.size() + (zip64 == Zip64.WRONG_PLACE ? 1 : 0);
    long counted = (long) claimed - (zip64 == Zip64.WRONG_COUNT ? 1 : 0);
    LittleEndian out = new LittleEndian(file);
    out.u32(0x06064b50L).u64(44).u16(45).u16(45).u32(0).u32(0);
    out.u64(counted).u64(counted).u64(length).u64(start);
    out.u32(0x07064b50L).u32(0).u64(place).u32(1);
  }
}
