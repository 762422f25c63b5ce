package dev.modgate.traffic;

import dev.modgate.document.JsonLine;
import dev.modgate.edge.Served;
import dev.modgate.edge.ServedBody;
import java.time.Instant;
import java.util.Optional;

/**
 * What the endpoint is told of one answer.
 *
 * @param number of the answer since the process started, from 1: one that is missing was dropped,
 *     one that comes twice was sent twice because the first time was not acknowledged
 * @param time when its last byte had been sent
 * @param served with a body only if the line is to hold it
 * @param leftOut why it is not to hold it, although it should
 */
record TrafficLine(long number, Instant time, Served served, Optional<LeftOut> leftOut) {

  /**
   * A line that holds the body if there is one, and it is not too large.
   *
   * @param bodies bytes of a body, at most; 0 if lines hold none
   */
  static TrafficLine of(long number, Instant time, Served served, int bodies) {
    TrafficLine line = new TrafficLine(number, time, served, Optional.empty());
    if (bodies == 0) {
      return new TrafficLine(number, time, served.withoutBody(), Optional.empty());
    }
    return line.bodyBytes() > bodies ? line.without(LeftOut.TOO_LARGE) : line;
  }

  /** The same without its body, and why. */
  TrafficLine without(LeftOut why) {
    return new TrafficLine(number, time, served.withoutBody(), Optional.of(why));
  }

  /** Bytes of the body that it is to hold, before they are encoded. */
  long bodyBytes() {
    return served.body().isPresent() ? served.bytes() : 0;
  }

  /** Bytes of memory that are not freed as long as it waits. */
  long held() {
    return served.body().map(ServedBody::held).orElse(0L);
  }

  /**
   * All of it but the body, as JSON.
   *
   * @param run tells this process's numbers from another's
   */
  String json(String run) {
    return new JsonLine()
        .text("run", run)
        .number("number", number)
        .text("time", time.toString())
        .text("method", served.method())
        .text("path", served.path())
        .number("status", served.status())
        .number("bytes", served.bytes())
        .text("h1", served.h1())
        .text("mirror", served.mirror())
        .text("client", served.client())
        .text("trace", served.traceId())
        .text("build", served.build())
        .text("bodyLeftOut", leftOut.map(LeftOut::word))
        .toString();
  }
}
