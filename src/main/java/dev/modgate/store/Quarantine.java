package dev.modgate.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evidence of lies: what was delivered, by whom, in place of what. Nothing in it is ever served. It
 * is bounded, so that a liar can't fill the disk: what does not fit any more is in the audit log.
 */
public final class Quarantine {

  /** Pieces of evidence, each a folder. */
  private static final int MOST = 256;

  /** Bytes of one piece; a longer one is cut off. */
  private static final long LARGEST = 64L << 20;

  /** Bytes of a file that are looked at for secrets at once. */
  private static final int WINDOW = 1 << 20;

  /** Room for the longest secret in the longest of its encodings that is likely. */
  private static final int OVERLAP = 64 << 10;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final long LONGEST_REASON = 64 * 1024;

  private static final Pattern WORDS = Pattern.compile("from: (.*)\nclaimed: (.*)\nreason: (.*)\n");

  private final Path folder;
  private final InstantSource clock;
  private final Predicate<byte[]> isSecret;
  private final AtomicInteger kept;

  public Quarantine(DataDirectory data, InstantSource clock) throws IOException {
    this(data, clock, _ -> false);
  }

  /**
   * A quarantine that keeps no secret.
   *
   * @param isSecret true for bytes that hold one: they are only described
   */
  public Quarantine(DataDirectory data, InstantSource clock, Predicate<byte[]> isSecret)
      throws IOException {
    this.folder = data.quarantine();
    this.clock = clock;
    this.isSecret = isSecret;
    try (var entries = Files.list(folder)) {
      this.kept = new AtomicInteger((int) Math.min(MOST, entries.count()));
    }
  }

  /**
   * What a piece of evidence says.
   *
   * @param from a mirror's name
   * @param claimed what it was delivered as, such as {@code module@version.zip}
   * @param time when it was kept
   */
  public record Piece(String from, String claimed, String reason, Instant time) {}

  /** All that is kept and can be read. */
  public List<Piece> pieces() throws IOException {
    List<Piece> pieces = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        read(entry.resolve("why.txt")).ifPresent(pieces::add);
      }
    }
    return pieces;
  }

  private static Optional<Piece> read(Path why) throws IOException {
    Optional<byte[]> bytes = DurableFile.read(why, LONGEST_REASON);
    return bytes
        .map(text -> WORDS.matcher(new String(text, UTF_8)))
        .filter(Matcher::matches)
        .map(m -> new Piece(m.group(1), m.group(2), m.group(3), modified(why)));
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (IOException e) {
      return Instant.MIN;
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
      if (!isSecret.test(bytes)) {
        Files.write(piece.resolve("body"), bytes);
      }
    }
  }

  /** Keeps a file by moving it here; a file that is too large is only described. */
  public void keepFile(String from, String claimed, String reason, Path file) throws IOException {
    if (DurableFile.isPlain(file) && take()) {
      Path piece = newPiece(from, claimed, reason);
      if (Files.size(file) <= LARGEST && !holdsSecret(file)) {
        Files.move(file, piece.resolve("body"));
      }
    }
    Files.deleteIfExists(file);
  }

  /** Piece by piece; each begins with the end of the one before. */
  private boolean holdsSecret(Path file) throws IOException {
    byte[] window = new byte[OVERLAP + WINDOW];
    int held = 0;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      while (true) {
        int read = in.readNBytes(window, held, window.length - held);
        if (isSecret.test(Arrays.copyOf(window, held + read))) {
          return true;
        }
        if (held + read < window.length) {
          return false;
        }
        System.arraycopy(window, window.length - OVERLAP, window, 0, OVERLAP);
        held = OVERLAP;
      }
    }
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
