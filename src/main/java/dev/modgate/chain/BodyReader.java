package dev.modgate.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import okio.Buffer;
import okio.BufferedSource;

/** Takes a body off the network, into memory or into a file, and never more than its limit. */
final class BodyReader {

  /** Bytes of a "not found" text that are looked at. */
  private static final long WORDS = 2048;

  private static final long CHUNK = 64 * 1024;

  /** Bytes that have to come within the idle time. */
  static final long LEAST = 1024;

  /** Bytes of a file that are worth asking for the rest. */
  private static final long WORTH_KEEPING = 256 * 1024;

  private final Spool spool;

  BodyReader(Spool spool) {
    this.spool = spool;
  }

  /** Whole, or cut off. */
  sealed interface Body {}

  record Whole(Payload payload) implements Body {}

  record TooLong() implements Body {}

  /** A file that broke off; empty if nothing of it is worth keeping. */
  record CutOff(IOException cause, Optional<Payload.Partial> begun) implements Body {}

  /**
   * Reads to the end.
   *
   * @param begun what the body is the rest of
   * @param idle between two reads, and the time for {@link #LEAST} bytes
   */
  Body read(
      BufferedSource source, MirrorRequest request, Optional<Payload.Partial> begun, Duration idle)
      throws IOException {
    source.timeout().timeout(idle.toNanos(), TimeUnit.NANOSECONDS);
    Pace pace = new Pace(idle);
    return switch (request.delivery()) {
      case MEMORY -> inMemory(source, request.limit(), pace);
      case FILE -> toFile(source, request, begun, pace);
    };
  }

  /** Ends a body that trickles: each read is in time, but it never gets anywhere. */
  private static final class Pace {
    private final long idleNanos;
    private long since = System.nanoTime();
    private long bytes;

    Pace(Duration idle) {
      this.idleNanos = idle.toNanos();
    }

    void came(long n) throws TrickleException {
      bytes += n;
      long now = System.nanoTime();
      if (now - since < idleNanos) {
        return;
      }
      if (bytes < LEAST) {
        throw new TrickleException();
      }
      since = now;
      bytes = 0;
    }
  }

  private static Body inMemory(BufferedSource source, long limit, Pace pace) throws IOException {
    Buffer buffer = new Buffer();
    while (buffer.size() <= limit) {
      long n = source.read(buffer, CHUNK);
      if (n < 0) {
        return new Whole(new Payload.InMemory(buffer.readByteArray()));
      }
      pace.came(n);
    }
    return new TooLong();
  }

  private Body toFile(
      BufferedSource source, MirrorRequest request, Optional<Payload.Partial> begun, Pace pace)
      throws IOException {
    Path file = begun.isPresent() ? begun.get().file() : spool.next();
    long size = begun.map(Payload.Partial::size).orElse(0L);
    Arrivals.Arrival arrival = request.arrivals().of(file);
    boolean kept = false;
    try (FileChannel out = open(file, size)) {
      Buffer buffer = new Buffer();
      for (long n = source.read(buffer, CHUNK); n >= 0; n = source.read(buffer, CHUNK)) {
        size += n;
        if (size > request.limit()) {
          return new TooLong();
        }
        drain(buffer, out);
        arrival.grown(size);
        pace.came(n);
      }
      kept = true;
      return new Whole(new Payload.Spooled(file, size));
    } catch (SpoolException e) {
      throw e;
    } catch (IOException e) {
      kept = size >= WORTH_KEEPING;
      return new CutOff(e, kept ? Optional.of(new Payload.Partial(file, size)) : Optional.empty());
    } finally {
      if (!kept) {
        arrival.gone();
        Files.deleteIfExists(file);
      }
    }
  }

  /** A new file, or one to go on with behind its first bytes. */
  private static FileChannel open(Path file, long size) throws SpoolException {
    try {
      if (size == 0) {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
      FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE);
      return out.truncate(size).position(size);
    } catch (IOException e) {
      throw new SpoolException(e);
    }
  }

  private static void drain(Buffer buffer, FileChannel out) throws SpoolException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(buffer.readByteArray());
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new SpoolException(e);
    }
  }

  /**
   * A mirror's "not found" text, made fit to be shown: printable ASCII, 8 lines of 80.
   *
   * @param unfit what must not be shown at all
   */
  String words(BufferedSource source, Duration idle, Predicate<String> unfit) {
    source.timeout().timeout(idle.toNanos(), TimeUnit.NANOSECONDS);
    Buffer buffer = new Buffer();
    try {
      long left = WORDS;
      while (left > 0) {
        long n = source.read(buffer, left);
        if (n < 0) {
          break;
        }
        left -= n;
      }
    } catch (IOException e) {
      return "";
    }
    String text = buffer.readString(UTF_8);
    return unfit.test(text) ? "" : printable(text);
  }

  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.lines()
        .map(line -> line.replaceAll("[^\\x20-\\x7e]", "?").strip())
        .filter(line -> !line.isEmpty())
        .limit(8)
        .forEach(line -> shown.append(line, 0, Math.min(80, line.length())).append('\n'));
    return shown.toString().stripTrailing();
  }
}
