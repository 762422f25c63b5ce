package dev.modgate.verify.zip;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

  /**
   * In bytes of the file: shorter zips are read by the caller alone. A thread is woken in less than
   * a hundredth of the time that so many bytes take.
   */
  private static final long RUN_BYTES = 1 << 20;

  private ModuleZip() {}

  /**
   * Reads a zip once, its directory first and then the entries from the first to the last, and
   * hashes it as {@code x/mod/sumdb/dirhash.HashZip} does. Idle processors help with a large zip:
   * the verdict, and the rule in it, are those of one thread.
   *
   * <p>It keeps no content: what it needs is bounded by the number of entries and the size of the
   * directory ({@value EndRecord#MAX_ENTRIES} and {@value EndRecord#MAX_DIRECTORY} bytes), whatever
   * the entries unpack to, and a {@link Workspace} for each thread that reads, which is used again
   * for the next zip. It unpacks at most 500 MiB, and 64 KiB for each thread.
   *
   * @param zip a regular file that nobody writes to meanwhile
   * @param version the module version that the zip claims to be
   * @return the hash, or the first rule that it was seen to break: of the directory, else of the
   *     entries
   * @throws IOException if the file can't be read, never for what stands in it
   */
  public static ZipVerdict examine(Path zip, ModuleVersion version) throws IOException {
    return examine(zip, version, ReadAhead.none());
  }

  /**
   * The same, with the same verdict, sooner.
   *
   * @param zip a regular file that nobody writes to meanwhile
   * @param version the module version that the zip claims to be
   * @param ahead of the same file, which has come in whole; it is ended here
   * @return the hash, or the first rule that it was seen to break: of the directory, else of the
   *     entries
   * @throws IOException if the file can't be read, never for what stands in it
   */
  public static ZipVerdict examine(Path zip, ModuleVersion version, ReadAhead ahead)
      throws IOException {
    return examine(zip, version, ahead, RUN_BYTES);
  }

  /**
   * The same.
   *
   * @param runBytes the least size of what one thread takes at a time, in bytes of the file; the
   *     verdict does not depend on it
   */
  static ZipVerdict examine(Path zip, ModuleVersion version, ReadAhead ahead, long runBytes)
      throws IOException {
    ahead.end();
    try (FileChannel channel = FileChannel.open(zip, StandardOpenOption.READ)) {
      return examine(channel, version, ahead, runBytes);
    }
  }

  private static ZipVerdict examine(
      FileChannel channel, ModuleVersion version, ReadAhead ahead, long runBytes)
      throws IOException {
    long size = channel.size();
    if (size > MAX_FILE) {
      return new Unsound("file-size", "a zip of " + size + " bytes; at most " + MAX_FILE);
    }
    return switch (EndRecord.read(channel, size)) {
      case EndSearch.Broken(Unsound fault) -> fault;
      case EndSearch.Found(EndRecord end) -> examine(channel, end, version, ahead, runBytes);
    };
  }

  private static ZipVerdict examine(
      FileChannel channel, EndRecord end, ModuleVersion version, ReadAhead ahead, long runBytes)
      throws IOException {
    Directory directory =
        ahead.directory(end, version).orElseGet(() -> new Directory(version, end.offset()));
    Optional<Unsound> fault = readRest(channel, directory, end);
    if (fault.isPresent()) {
      return fault.get();
    }
    List<Entry> entries = directory.entries();
    Contents contents = new Contents(channel, entries, end.offset(), ahead);
    fault = contents.read(runBytes);
    return fault.isPresent()
        ? fault.get()
        : new ZipVerdict.Sound(contents.h1(), entries.size(), directory.unpacked());
  }

  private static Optional<Unsound> readRest(FileChannel channel, Directory directory, EndRecord end)
      throws IOException {
    long directoryEnd = end.offset() + end.bytes();
    try (Workspace workspace = Workspace.take()) {
      return directory.readRest(
          new Window(channel, directory.position(), directoryEnd, workspace.packed), end);
    }
  }
}
