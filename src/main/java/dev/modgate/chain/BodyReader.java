package dev.modgate.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import okio.BufferedSource;

/** Takes a body off the network, into memory or into a file, and never more than its limit. */
final class BodyReader {

  /** Bytes of a "not found" text that are looked at. */
  private static final long WORDS = 2048;

  private static final long CHUNK = 64 * 1024;

  private final Spool spool;

  BodyReader(Spool spool) {
    this.spool = spool;
  }

  /** Whole, or cut off. */
  sealed interface Body {}

  record Whole(Payload payload) implements Body {}

  record TooLong() implements Body {}

  Body read(BufferedSource source, MirrorRequest request, Duration idle) throws IOException {
    source.timeout().timeout(idle.toNanos(), TimeUnit.NANOSECONDS);
    return switch (request.delivery()) {
      case MEMORY -> inMemory(source, request.limit());
      case FILE -> toFile(source, request.limit());
    };
  }

  private static Body inMemory(BufferedSource source, long limit) throws IOException {
    Buffer buffer = new Buffer();
    while (buffer.size() <= limit) {
      if (source.read(buffer, CHUNK) < 0) {
        return new Whole(new Payload.InMemory(buffer.readByteArray()));
      }
    }
    return new TooLong();
  }

  private Body toFile(BufferedSource source, long limit) throws IOException {
    Path file = spool.next();
    boolean whole = false;
    try (FileChannel out = open(file)) {
      Buffer buffer = new Buffer();
      long size = 0;
      for (long n = source.read(buffer, CHUNK); n >= 0; n = source.read(buffer, CHUNK)) {
        size += n;
        if (size > limit) {
          return new TooLong();
        }
        drain(buffer, out);
      }
      whole = true;
      return new Whole(new Payload.Spooled(file, size));
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static FileChannel open(Path file) throws SpoolException {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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

  /** A mirror's "not found" text, made fit to be shown: printable ASCII, 8 lines of 80. */
  String words(BufferedSource source, Duration idle) {
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
    return printable(buffer.readString(UTF_8));
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
