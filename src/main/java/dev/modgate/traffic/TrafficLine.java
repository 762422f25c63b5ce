package dev.modgate.traffic;

import dev.modgate.document.JsonLine;
import dev.modgate.edge.Served;
import java.time.Instant;

/**
 * What the endpoint is told of one answer.
 *
 * @param number of the answer since the process started, from 1: one that is missing was dropped,
 *     one that comes twice was sent twice because the first time was not acknowledged
 * @param time when its last byte had been sent
 */
record TrafficLine(long number, Instant time, Served served) {

  /**
   * One line of JSON, with its line feed.
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
            .toString()
        + "\n";
  }
}
