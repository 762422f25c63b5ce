package dev.modgate.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A small file that may be replaced or rewritten at any time, also behind a symbolic link. Whether
 * it changed is told by its inode, size and time; a file that was written a moment ago is read
 * again, because a second write within one tick of its clock would not show.
 */
public final class WatchedFile {

  /** From this age on the time of a file is believed. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final Path file;
  private final int limit;
  private final InstantSource clock;
  private Optional<Stamp> seen = Optional.empty();
  private byte[] content = new byte[0];

  /**
   * @param limit bytes, at most
   */
  public WatchedFile(Path file, int limit, InstantSource clock) {
    this.file = file;
    this.limit = limit;
    this.clock = clock;
  }

  /** What a look at the file shows. */
  public sealed interface Look {}

  /** The same as the last time that it was {@link Changed}. */
  public record Same() implements Look {}

  /** Another content: it never prints. */
  public static final class Changed implements Look {
    private final byte[] content;

    private Changed(byte[] content) {
      this.content = content;
    }

    /** One character for each byte. */
    public String text() {
      return new String(content, ISO_8859_1);
    }
  }

  /**
   * No content.
   *
   * @param reason a sentence with the file as its subject, such as "does not exist"
   */
  public record Unusable(String reason) implements Look {}

  private record Stamp(FileTime modified, long size, Object inode, boolean settled) {
    boolean isStill(Stamp now) {
      return settled
          && modified.equals(now.modified)
          && size == now.size
          && Objects.equals(inode, now.inode);
    }
  }

  /** Looks, and reads if it must. */
  public synchronized Look look() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return new Unusable("is not a regular file");
      }
      Stamp now = stamp(attributes);
      if (seen.isPresent() && seen.get().isStill(now)) {
        return new Same();
      }
      return read(now);
    } catch (NoSuchFileException missing) {
      return new Unusable("does not exist");
    } catch (IOException unreadable) {
      return new Unusable("can't be read");
    }
  }

  private Look read(Stamp now) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(limit + 1);
    }
    if (bytes.length > limit) {
      return new Unusable("is larger than " + limit + " bytes");
    }
    boolean same = seen.isPresent() && Arrays.equals(bytes, content);
    seen = Optional.of(now);
    content = bytes;
    return same ? new Same() : new Changed(bytes);
  }

  private Stamp stamp(BasicFileAttributes attributes) {
    FileTime modified = attributes.lastModifiedTime();
    boolean settled = modified.toInstant().isBefore(clock.instant().minus(SETTLED));
    return new Stamp(modified, attributes.size(), attributes.fileKey(), settled);
  }
}
