package dev.modgate.verify.zip;

import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One reading of a module zip (go.dev/ref/mod#zip-files).
 *
 * <p>Readers of zips disagree: some follow the directory, some the local headers, some the first
 * end record and some the last, and few compare sizes. The one layout that leaves them no choice is
 * entry after entry from the first byte on, the directory in the same order, one end record at the
 * very end, and everything that is said twice said alike. Every zip that x/mod/zip writes is of
 * that layout; any other is refused. So is an archive that x/mod/zip's CheckZip or Unzip refuses.
 *
 * <p>An archive without entries is sound, as it is for Go: its hash is that of no lines.
 */
public final class ModuleZip {
  /** Size of the zip, in bytes (x/mod/zip, MaxZipFile). */
  static final long MAX_FILE = 500L << 20;

  private static final int FILE_BUFFER = 256 << 10;
  private static final int DIRECTORY_BUFFER = 64 << 10;

  private ModuleZip() {}

  /**
   * Reads a zip once, from the first entry to the last, and hashes it as {@code
   * x/mod/sumdb/dirhash.HashZip} does.
   *
   * <p>It keeps no content: what it needs is bounded by the number of entries and the size of the
   * directory ({@value EndRecord#MAX_ENTRIES} and {@value EndRecord#MAX_DIRECTORY} bytes), whatever
   * the entries unpack to. It unpacks at most 500 MiB and 64 KiB.
   *
   * @param zip a regular file that nobody writes to meanwhile
   * @param version the module version that the zip claims to be
   * @return the hash, or the first rule that it was seen to break
   * @throws IOException if the file can't be read, never for what stands in it
   */
  public static ZipVerdict examine(Path zip, ModuleVersion version) throws IOException {
    try (FileChannel channel = FileChannel.open(zip, StandardOpenOption.READ)) {
      return examine(channel, version);
    }
  }

  private static ZipVerdict examine(FileChannel channel, ModuleVersion version) throws IOException {
    Fault fault = new Fault();
    long size = channel.size();
    if (size > MAX_FILE) {
      fault.of("file-size", "a zip of " + size + " bytes; at most " + MAX_FILE);
      return fault.verdict();
    }
    Optional<EndRecord> end = EndRecord.read(channel, size, fault);
    return end.isPresent() ? entries(channel, end.get(), version, fault) : fault.verdict();
  }

  private static ZipVerdict entries(
      FileChannel channel, EndRecord end, ModuleVersion version, Fault fault) throws IOException {
    Window directory = directory(channel, end);
    EntryNames names = new EntryNames(version, fault);
    H1.Builder hash = new H1.Builder();
    try (Content content = new Content(fault)) {
      LocalEntry local = new LocalEntry(file(channel, end), content, fault);
      Entry entry = new Entry(fault);
      for (int i = 0; i < end.entries(); i++) {
        if (!entry.read(directory) || !names.accept(entry) || !local.read(entry)) {
          return fault.verdict();
        }
        hash.add(entry.name(), content.sha256());
      }
      if (!nothingLeft(directory, local, fault)) {
        return fault.verdict();
      }
    }
    return new ZipVerdict.Sound(hash.build(), end.entries(), names.unpacked());
  }

  private static Window file(FileChannel channel, EndRecord end) {
    int capacity = (int) Math.min(FILE_BUFFER, Math.max(end.offset(), 1));
    return new Window(channel, 0, end.offset(), capacity);
  }

  private static Window directory(FileChannel channel, EndRecord end) {
    int capacity = (int) Math.min(DIRECTORY_BUFFER, Math.max(end.bytes(), 1));
    return new Window(channel, end.offset(), end.offset() + end.bytes(), capacity);
  }

  private static boolean nothingLeft(Window directory, LocalEntry local, Fault fault) {
    if (directory.left() != 0) {
      return fault.of("directory", "the directory has more entries than the end record counts");
    }
    return local.isAtEnd() || fault.of("gap", "bytes of no entry before the directory");
  }
}
