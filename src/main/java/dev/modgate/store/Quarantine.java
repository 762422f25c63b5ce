package dev.modgate.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Evidence of lies: what was delivered, by whom, in place of what. Nothing in it is ever served. It
 * is bounded, so that a liar can't fill the disk: what does not fit any more is in the audit log.
 */
public final class Quarantine {

  /** Pieces of evidence, each a folder. */
  private static final int MOST = 256;

  /** Bytes of one piece; a longer one is cut off. */
  private static final long LARGEST = 64L << 20;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final InstantSource clock;
  private final AtomicInteger kept;

  public Quarantine(DataDirectory data, InstantSource clock) throws IOException {
    this.folder = data.quarantine();
    this.clock = clock;
    try (var entries = Files.list(folder)) {
      this.kept = new AtomicInteger((int) Math.min(MOST, entries.count()));
    }
  }

  /** Pieces of evidence. */
  public int size() {
    return kept.get();
  }

  /**
   * Keeps bytes.
   *
   * @param from the mirror's name
   * @param claimed what they were delivered as, such as {@code module@version.zip}
   * @param reason one line
   */
  public void keepBytes(String from, String claimed, String reason, byte[] bytes)
      throws IOException {
    if (take()) {
      Path piece = newPiece(from, claimed, reason);
      Files.write(piece.resolve("body"), bytes);
    }
  }

  /** Keeps a file by moving it here; a file that is too large is only described. */
  public void keepFile(String from, String claimed, String reason, Path file) throws IOException {
    if (DurableFile.isPlain(file) && take()) {
      Path piece = newPiece(from, claimed, reason);
      if (Files.size(file) <= LARGEST) {
        Files.move(file, piece.resolve("body"));
      }
    }
    Files.deleteIfExists(file);
  }

  private boolean take() {
    return kept.getAndUpdate(n -> Math.min(MOST, n + 1)) < MOST;
  }

  private Path newPiece(String from, String claimed, String reason) throws IOException {
    Path piece = Files.createTempDirectory(folder, TIME.format(clock.instant()) + "-" + from + "-");
    String words = "from: " + from + "\nclaimed: " + claimed + "\nreason: " + reason + "\n";
    Files.write(piece.resolve("why.txt"), words.getBytes(UTF_8));
    return piece;
  }
}
