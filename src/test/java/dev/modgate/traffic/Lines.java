package dev.modgate.traffic;

import dev.modgate.edge.Served;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers and lines for tests. */
final class Lines {

  static final Instant TIME = Instant.parse("2026-11-25T12:00:00Z");

  private Lines() {}

  static Served served(int status) {
    return new Served(
        "GET",
        Optional.of("/m.test/m/@v/v1.0.0.zip"),
        status,
        7,
        "192.0.2.1",
        Optional.of("0af7651916cd43dd8448eb211c80319c"),
        Optional.of("h1:abc="),
        Optional.of("corp"));
  }

  static TrafficLine line(long number) {
    return new TrafficLine(number, TIME, served(200));
  }

  /** Puts lines 1 to {@code count} in. */
  static Backlog backlog(int capacity, int count) {
    Backlog backlog = new Backlog(capacity);
    IntStream.rangeClosed(1, count).forEach(number -> backlog.offer(line(number)));
    return backlog;
  }

  /** The numbers of the lines in these batches. */
  static List<Integer> numbers(List<String> batches) {
    return batches.stream()
        .flatMap(String::lines)
        .map(line -> line.replaceAll(".*\"number\":(\\d+),.*", "$1"))
        .map(Integer::valueOf)
        .toList();
  }

  static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }
}
