package dev.modgate.edge;

import dev.modgate.protocol.Build;
import java.time.Duration;
import java.util.List;

/**
 * What one answer adds to the account of the build that asked for it.
 *
 * @param subject what was asked for, in words for a person
 * @param part of what kind it is
 * @param took until the answer was known; how long the client took to read it does not count
 * @param waits in the order in which they ended
 */
public record BuildShare(
    Build build,
    String subject,
    Part part,
    Duration took,
    List<RequestObserver.Wait> waits,
    Result result) {

  public BuildShare {
    waits = List.copyOf(waits);
  }

  /** What is asked for. */
  public enum Part {
    ZIP,
    GO_MOD,
    /** The {@code .info} of a version. */
    INFO,
    /** A list, {@code @latest}, or a branch or tag. */
    VERSIONS,
    /** A part of a checksum database. */
    LOG
  }

  /** What came of it. */
  public sealed interface Result {
    /**
     * Served; its bytes are proven.
     *
     * @param database whose tree it is proven in
     * @param treeSize of the head that it is proven in
     */
    record Proven(String database, long treeSize) implements Result {}

    /** Served without a proof, because the operator exempts the module. */
    record Exempt() implements Result {}

    /** Served; it is no artifact. */
    record Told() implements Result {}

    /** Not there. */
    record Absent() implements Result {}

    /**
     * Refused, as {@link dev.modgate.pipeline.Refusal} says.
     *
     * @param advice what the reader can do
     */
    record Refused(String rule, String reason, String advice) implements Result {}

    /** Something that is needed does not work. */
    record Unavailable(String reason) implements Result {}

    /** There was no answer: too many requests at once, or the client went away. */
    record Unanswered() implements Result {}
  }
}
