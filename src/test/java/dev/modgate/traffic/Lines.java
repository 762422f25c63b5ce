package dev.modgate.traffic;

import dev.modgate.edge.Served;
import dev.modgate.edge.ServedBody;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers and lines for tests. */
final class Lines {

  static final Instant TIME = Instant.parse("2026-11-25T12:00:00Z");

  private Lines() {}

  static Served served(int status) {
    return served(status, 7, Optional.empty());
  }

  /** A 200 whose body was sent as a whole. */
  static Served served(FakeBody body) {
    return served(200, body.size(), Optional.of(body));
  }

  static Served served(int status, long bytes, Optional<ServedBody> body) {
    return new Served(
        "GET",
        Optional.of("/m.test/m/@v/v1.0.0.zip"),
        status,
        bytes,
        "192.0.2.1",
        Optional.of("0af7651916cd43dd8448eb211c80319c"),
        Optional.of("h1:abc="),
        Optional.of("corp"),
        Optional.empty(),
        body);
  }

  static TrafficLine line(long number) {
    return new TrafficLine(number, TIME, served(200), Optional.empty());
  }

  /** One that is to hold the whole of a body. */
  static TrafficLine line(long number, FakeBody body) {
    return new TrafficLine(number, TIME, served(body), Optional.empty());
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
