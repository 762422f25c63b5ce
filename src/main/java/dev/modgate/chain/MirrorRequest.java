package dev.modgate.chain;

import dev.modgate.protocol.Request;
import java.time.Duration;
import java.util.Optional;

/**
 * What is asked of a mirror.
 *
 * @param path below the mirror's URL, as {@link Request#path()} spells it
 * @param limit bytes of the body, at most; a longer one is cut off and is a failure
 * @param delivery where the body goes
 * @param firstByte a deadline for the head of the answer that replaces the mirror's own
 * @param deadline when the whole fetch ends, over all mirrors
 * @param turn whether it may deliver when another mirror is asked as well
 * @param begun the beginning of a file that an earlier answer brought; only the rest is asked for
 * @param resends how often the same mirror has been asked the same before
 * @param arrivals is told of a file while it comes in
 */
public record MirrorRequest(
    String path,
    long limit,
    Delivery delivery,
    Optional<Duration> firstByte,
    Deadline deadline,
    Turn turn,
    Optional<Payload.Partial> begun,
    int resends,
    Arrivals arrivals) {

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
      case Request.Zip _ -> file(path, 500 * MIB);
      case Request.GoMod _ -> inMemory(path, 16 * MIB);
      case Request.VersionList _ -> inMemory(path, 4 * MIB);
      case Request.Info _, Request.Query _, Request.Latest _ -> inMemory(path, 256 * KIB);
      case Request.Supported _, Request.LatestHead _, Request.LogRecordOf _, Request.LogTile _ ->
          inMemory(path, 64 * KIB);
    };
  }

  /** A small answer, of at most so many bytes. */
  public static MirrorRequest inMemory(String path, long limit) {
    return alone(path, limit, Delivery.MEMORY);
  }

  /** A file of at most so many bytes. */
  public static MirrorRequest file(String path, long limit) {
    return alone(path, limit, Delivery.FILE);
  }

  private static MirrorRequest alone(String path, long limit, Delivery delivery) {
    return new MirrorRequest(
        path,
        limit,
        delivery,
        Optional.empty(),
        Deadline.never(),
        Turn.ALONE,
        Optional.empty(),
        0,
        Arrivals.UNWATCHED);
  }

  MirrorRequest within(Duration firstByteDeadline) {
    return new MirrorRequest(
        path,
        limit,
        delivery,
        Optional.of(firstByteDeadline),
        deadline,
        turn,
        begun,
        resends,
        arrivals);
  }

  MirrorRequest by(Deadline end) {
    return new MirrorRequest(path, limit, delivery, firstByte, end, turn, begun, resends, arrivals);
  }

  MirrorRequest with(Turn own) {
    return new MirrorRequest(
        path, limit, delivery, firstByte, deadline, own, begun, resends, arrivals);
  }

  MirrorRequest after(Payload.Partial beginning) {
    return new MirrorRequest(
        path,
        limit,
        delivery,
        firstByte,
        deadline,
        turn,
        Optional.of(beginning),
        resends,
        arrivals);
  }

  MirrorRequest resent(int times) {
    return new MirrorRequest(
        path, limit, delivery, firstByte, deadline, turn, begun, times, arrivals);
  }

  MirrorRequest watched(Arrivals watching) {
    return new MirrorRequest(
        path, limit, delivery, firstByte, deadline, turn, begun, resends, watching);
  }
}
