package dev.modgate.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Files that are there whole or not at all: written aside, synced, renamed, and the folder synced.
 * Links, pipes and folders in the place of a file are as good as absent.
 */
final class DurableFile {

  private DurableFile() {}

  /** Writes a file by way of {@code temporary}, which must be on the same file system. */
  static void write(Path target, byte[] content, Path temporary) throws IOException {
    try {
      Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      moveIn(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** For what may be lost in a power cut but must never be seen half-written. */
  static void writeUnsynced(Path target, byte[] content, Path temporary) throws IOException {
    try {
      Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      renameIn(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Moves a finished file into its place; a power cut may lose it. */
  static void renameIn(Path temporary, Path target) throws IOException {
    Files.createDirectories(folderOf(target));
    rename(temporary, target);
  }

  /** Moves a finished file into its place. */
  static void moveIn(Path temporary, Path target) throws IOException {
    Path folder = folderOf(target);
    Files.createDirectories(folder);
    sync(temporary, StandardOpenOption.WRITE);
    rename(temporary, target);
    sync(folder, StandardOpenOption.READ);
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The bytes of a plain file, unless it is absent or longer than {@code limit}. */
  static Optional<byte[]> read(Path file, long limit) throws IOException {
    if (!isPlain(file) || Files.size(file) > limit) {
      return Optional.empty();
    }
    try (FileChannel channel = open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(limit, channel.size()));
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      byte[] bytes = new byte[buffer.flip().remaining()];
      buffer.get(bytes);
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  static boolean isPlain(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void sync(Path file, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(file, mode)) {
      channel.force(true);
    }
  }

  private static Path folderOf(Path target) {
    return Optional.ofNullable(target.getParent()).orElseThrow();
  }
}
