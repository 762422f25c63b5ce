package dev.modgate.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The folders of the data directory, readable by their owner alone. */
public final class DataDirectory {

  /** A half-written file, or a folder, of this age belongs to a process that has died. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path root;
  private final AtomicLong names = new AtomicLong();
  private final String process = ProcessHandle.current().pid() + "-" + System.nanoTime();

  private DataDirectory(Path root) {
    this.root = root;
  }

  /** Makes what is missing and removes what a dead process left in {@code tmp}. */
  public static DataDirectory open(Path root, InstantSource clock) throws IOException {
    DataDirectory data = new DataDirectory(root.toAbsolutePath());
    for (Path folder : new Path[] {data.root, data.tmp(), data.downloads(), data.quarantine()}) {
      makeFolder(folder);
    }
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(data.tmp())) {
      for (Path file : leftovers) {
        removeAbandoned(file, clock);
      }
    }
    return data;
  }

  private static void removeAbandoned(Path file, InstantSource clock) throws IOException {
    try {
      var modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
      if (modified.plus(ABANDONED).isBefore(clock.instant())) {
        remove(file);
      }
    } catch (NoSuchFileException e) {
      // Another process on this directory has just moved it into place.
    }
  }

  /** A folder with all that is in it; links are not followed. */
  private static void remove(Path file) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(file)) {
        for (Path each : inside) {
          remove(each);
        }
      }
    }
    Files.deleteIfExists(file);
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      var ownerOnly = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
    }
  }

  /** A name in {@code tmp} that nobody else uses, for a file or a folder. */
  public Path newTemporary() {
    return tmp().resolve(process + "-" + names.incrementAndGet());
  }

  /** Bytes that this process may still write to its file system; 0 if nobody can tell. */
  public long free() {
    return root.toFile().getUsableSpace();
  }

  /** The root of Go's layout. */
  public Path downloads() {
    return root.resolve("cache").resolve("download");
  }

  public Path audit() {
    return root.resolve("audit");
  }

  Path quarantine() {
    return root.resolve("quarantine");
  }

  /** The state of a checksum database that must outlive the cache. */
  Path database(String name) {
    return root.resolve("sumdb").resolve(name);
  }

  private Path tmp() {
    return root.resolve("tmp");
  }
}
