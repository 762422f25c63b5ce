package dev.modgate.store;

import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.Provenance;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;

/**
 * The ticket that may be sent to a client: an artifact in the store whose bytes this process has
 * judged. Only {@link ArtifactStore} makes one.
 */
public final class StoredArtifact {

  private final ModuleVersion version;
  private final ArtifactKind kind;
  private final Path file;
  private final Print print;
  private final H1 h1;
  private final Provenance provenance;

  StoredArtifact(
      ModuleVersion version,
      ArtifactKind kind,
      Path file,
      Print print,
      H1 h1,
      Provenance provenance) {
    this.version = version;
    this.kind = kind;
    this.file = file;
    this.print = print;
    this.h1 = h1;
    this.provenance = provenance;
  }

  public ModuleVersion version() {
    return version;
  }

  public ArtifactKind kind() {
    return kind;
  }

  public H1 h1() {
    return h1;
  }

  public Provenance provenance() {
    return provenance;
  }

  /** Bytes. */
  public long size() {
    return print.size();
  }

  /**
   * Opens the file whose bytes were judged; the caller closes it.
   *
   * @throws IOException also if the file has changed since then
   */
  public FileChannel open() throws IOException {
    FileChannel channel = DurableFile.open(file);
    if (isUnchanged()) {
      return channel;
    }
    channel.close();
    throw new IOException("a stored artifact changed while it was about to be served");
  }

  /**
   * Reads the bytes that were judged; for small ones.
   *
   * @throws IOException also if the file has changed since then
   */
  public byte[] read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size()));
    try (FileChannel file = open()) {
      while (bytes.hasRemaining()) {
        if (file.read(bytes) < 0) {
          throw new EOFException("shorter than it was");
        }
      }
    }
    return bytes.array();
  }

  /** False once the file is gone or is another one than was judged. */
  boolean isUnchanged() {
    try {
      return Print.of(file).equals(print);
    } catch (IOException e) {
      return false;
    }
  }

  Path file() {
    return file;
  }

  /** By what a file is recognised without reading it. */
  record Print(long size, FileTime modified, Optional<Object> inode) {
    static Print of(Path file) throws IOException {
      BasicFileAttributes attributes = DurableFile.attributes(file);
      return new Print(
          attributes.size(),
          attributes.lastModifiedTime(),
          Optional.ofNullable(attributes.fileKey()));
    }

    Print {
      Objects.requireNonNull(modified);
    }
  }
}
