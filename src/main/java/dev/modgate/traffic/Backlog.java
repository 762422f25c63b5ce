package dev.modgate.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lines that wait, and those under way. Many offer, none of them waits for another or for the one
 * that takes: there is no lock. A line keeps its place until it is settled.
 */
final class Backlog {

  private final int capacity;
  private final Queue<TrafficLine> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger places = new AtomicInteger();

  /**
   * @param capacity lines, at least 1
   */
  Backlog(int capacity) {
    this.capacity = capacity;
  }

  /** False if every place is taken. */
  boolean offer(TrafficLine line) {
    if (places.incrementAndGet() > capacity) {
      places.decrementAndGet();
      return false;
    }
    return waiting.add(line);
  }

  /** The oldest that wait; they are under way until {@link #settle}. */
  List<TrafficLine> take(int most) {
    List<TrafficLine> taken = new ArrayList<>();
    while (taken.size() < most) {
      Optional<TrafficLine> next = Optional.ofNullable(waiting.poll());
      if (next.isEmpty()) {
        break;
      }
      taken.add(next.get());
    }
    return taken;
  }

  /** So many that were under way are no longer. */
  void settle(int lines) {
    places.addAndGet(-lines);
  }

  /** Lines that wait or are under way. */
  int size() {
    return places.get();
  }
}
