package dev.modgate.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Takes what a process prints, as far as it is allowed to; the rest is read and forgotten. */
final class Capture {

  /** Where there is no /proc, a child of a child may be left that holds the pipe open. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final InputStream in;
  private final int limit;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Thread reader;
  private volatile boolean isOver;

  /**
   * @param limit in bytes
   */
  Capture(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
    // A read of a pipe would hold the carrier of a virtual thread.
    this.reader = Thread.ofPlatform().daemon().name("modgate-direct-output").start(this::read);
  }

  /** True once there was more than the limit. */
  boolean isOver() {
    return isOver;
  }

  /** What it printed, up to the limit; call it when the process and its children have ended. */
  String text() throws InterruptedException {
    reader.join(LAST_WORDS);
    return kept.toString(UTF_8);
  }

  private void read() {
    byte[] buffer = new byte[8192];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        int taken = Math.min(n, limit - kept.size());
        kept.write(buffer, 0, taken);
        isOver |= taken < n;
      }
    } catch (IOException e) {
      // The process was ended.
    }
  }
}
