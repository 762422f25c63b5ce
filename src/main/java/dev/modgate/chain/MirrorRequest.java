package dev.modgate.chain;

import dev.modgate.protocol.Request;
import java.time.Duration;
import java.util.Optional;

/**
 * What to ask a mirror for.
 *
 * @param path as {@link Request#path()} spells it
 * @param limit bytes of the body, at most; a longer one is cut off and is a failure
 * @param delivery where the body goes
 * @param firstByte a deadline for the head of the answer that replaces the mirror's own
 */
public record MirrorRequest(
    String path, long limit, Delivery delivery, Optional<Duration> firstByte) {

  /** Where a body goes. */
  public enum Delivery {
    /** Into memory. */
    MEMORY,
    /** Into a file, at the network's pace and never coupled to a reader's. */
    FILE
  }

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  /** Limits are those of the {@code go} command; where it has none, far above what exists. */
  static MirrorRequest of(Request request) {
    String path = request.path();
    return switch (request) {
      case Request.Zip _ -> new MirrorRequest(path, 500 * MIB, Delivery.FILE, Optional.empty());
      case Request.GoMod _ -> inMemory(path, 16 * MIB);
      case Request.VersionList _ -> inMemory(path, 4 * MIB);
      case Request.Info _, Request.Query _, Request.Latest _ -> inMemory(path, 256 * KIB);
      case Request.Supported _, Request.LatestHead _, Request.LogRecordOf _, Request.LogTile _ ->
          inMemory(path, 64 * KIB);
    };
  }

  static MirrorRequest inMemory(String path, long limit) {
    return new MirrorRequest(path, limit, Delivery.MEMORY, Optional.empty());
  }

  MirrorRequest within(Duration firstByteDeadline) {
    return new MirrorRequest(path, limit, delivery, Optional.of(firstByteDeadline));
  }
}
