package dev.modgate.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Answers that are a mirror's word: {@code .info}, list, {@code @latest}. A file's time of change
 * is the time it was fetched.
 */
public final class AnswerStore {

  private static final long MAX_ANSWER = 4L << 20;

  private final DataDirectory data;
  private final InstantSource clock;

  public AnswerStore(DataDirectory data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /** A kept answer. */
  public static final class Kept {
    private final byte[] bytes;
    private final Duration age;

    Kept(byte[] bytes, Duration age) {
      this.bytes = bytes;
      this.age = age;
    }

    /** The array itself, not a copy. */
    public byte[] bytes() {
      return bytes;
    }

    /** Since it was fetched; for ever if the clock says that it was fetched in the future. */
    public Duration age() {
      return age;
    }
  }

  /**
   * The answer that was kept for a path.
   *
   * @param path as the protocol room spells it
   */
  public Optional<Kept> find(String path) throws IOException {
    Path file = file(path);
    if (!DurableFile.isPlain(file)) {
      return Optional.empty();
    }
    Duration age = age(DurableFile.attributes(file).lastModifiedTime().toInstant());
    return DurableFile.read(file, MAX_ANSWER)
        .filter(bytes -> !looksLost(bytes, path))
        .map(bytes -> new Kept(bytes, age));
  }

  /**
   * Keeps an answer in place of an earlier one. It is not synced: after a power cut it is asked
   * again.
   *
   * @param path as the protocol room spells it
   */
  public void keep(String path, byte[] bytes) throws IOException {
    Path aside = data.newTemporary();
    try {
      Files.write(aside, bytes);
      Files.setLastModifiedTime(aside, FileTime.from(clock.instant()));
      DurableFile.renameIn(aside, file(path));
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /** After a power loss a file may be empty or full of zeros; only a list may be empty. */
  private static boolean looksLost(byte[] bytes, String path) {
    return bytes.length == 0 ? !path.endsWith("/@v/list") : bytes[0] == 0;
  }

  private Duration age(Instant fetched) {
    Duration age = Duration.between(fetched, clock.instant());
    return age.isNegative() ? Duration.ofSeconds(Long.MAX_VALUE) : age;
  }

  private Path file(String path) {
    Path file = data.downloads().resolve(path.substring(1)).normalize();
    if (!file.startsWith(data.downloads())) {
      throw new IllegalArgumentException("path leaves the store");
    }
    return file;
  }
}
