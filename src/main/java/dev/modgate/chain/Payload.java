package dev.modgate.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A body as a mirror delivered it: nothing is known of it but that it is whole. */
public sealed interface Payload {

  /** Bytes. */
  long size();

  /** In memory. */
  final class InMemory implements Payload {
    private final byte[] bytes;

    public InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The array itself, not a copy: nobody writes to it. */
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }
  }

  /**
   * In a file that belongs to whoever holds this: it is moved away or {@link #discard discarded}.
   */
  record Spooled(Path file, long size) implements Payload {}

  /** The first bytes of a file that did not come whole; never judged, only continued. */
  record Partial(Path file, long size) {
    void discard() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // It lies among the temporary files, which are cleared at the next start.
      }
    }
  }

  /** Deletes what is left of it. */
  default void discard() throws IOException {
    switch (this) {
      case InMemory _ -> {}
      case Spooled(Path file, long _) -> Files.deleteIfExists(file);
    }
  }
}
