package dev.modgate.verify.zip;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directory of a zip, as far as it has been read: one record after another from a place in the
 * file on. What its first records say does not depend on where it ends.
 */
final class Directory {
  private final ModuleVersion version;
  private final long place;
  private final EntryNames names;
  private final List<Entry> entries = new ArrayList<>();

  /** Place behind the record last read. */
  private long position;

  /**
   * Nothing is read yet.
   *
   * @param version that the zip claims to be
   * @param place of the first record in the file
   */
  Directory(ModuleVersion version, long place) {
    this.version = version;
    this.place = place;
    this.position = place;
    this.names = new EntryNames(version);
  }

  /**
   * Reads the next record, which begins with the window's next byte. After a fault it is of no more
   * use.
   */
  Optional<Unsound> read(Window file) throws IOException {
    Entry entry = new Entry();
    Optional<Unsound> fault = entry.read(file);
    if (fault.isEmpty()) {
      fault = names.add(entry);
    }
    if (fault.isEmpty()) {
      entries.add(entry);
      position = file.position();
    }
    return fault;
  }

  /** Reads what is left of it, to the end that the end record gives. */
  Optional<Unsound> readRest(Window file, EndRecord end) throws IOException {
    while (entries.size() < end.entries()) {
      Optional<Unsound> fault = read(file);
      if (fault.isPresent()) {
        return fault;
      }
    }
    if (file.left() != 0) {
      return Fault.of("directory", "the directory has more entries than the end record counts");
    }
    return Optional.empty();
  }

  /** True if no archive may have more of it. */
  boolean isFull() {
    return entries.size() >= EndRecord.MAX_ENTRIES || position - place >= EndRecord.MAX_DIRECTORY;
  }

  /** True if it is what reading the directory from its first record on would have come to. */
  boolean isBeginningOf(EndRecord end, ModuleVersion claimed) {
    return version.equals(claimed)
        && place == end.offset()
        && position <= end.offset() + end.bytes()
        && entries.size() <= end.entries();
  }

  /** Place in the file of the next record. */
  long position() {
    return position;
  }

  /** In their order; of this directory alone. */
  List<Entry> entries() {
    return entries;
  }

  /** Sum of the declared sizes so far, in bytes. */
  long unpacked() {
    return names.unpacked();
  }
}
