package dev.modgate.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lines that wait, and those under way. Many offer, none of them waits for another or for the one
 * that takes: there is no lock. A line keeps its place until it is settled.
 */
final class Backlog {

  /** Bytes of bodies that lines hold in memory, at most; a body in a file is held by its name. */
  static final long MEMORY = 8L << 20;

  private final int capacity;
  private final Queue<TrafficLine> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger places = new AtomicInteger();
  private final AtomicLong held = new AtomicLong();

  /**
   * @param capacity lines, at least 1
   */
  Backlog(int capacity) {
    this.capacity = capacity;
  }

  /** False if every place is taken. A body for which there is no memory is left out. */
  boolean offer(TrafficLine line) {
    if (places.incrementAndGet() > capacity) {
      places.decrementAndGet();
      return false;
    }
    return waiting.add(hold(line) ? line : line.without(LeftOut.NO_ROOM));
  }

  private boolean hold(TrafficLine line) {
    long bytes = line.held();
    if (bytes == 0 || held.addAndGet(bytes) <= MEMORY) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  /**
   * The oldest that wait; they are under way until {@link #settle}.
   *
   * @param most lines
   * @param bodies bytes of their bodies together, at most; a first line may have more
   */
  List<TrafficLine> take(int most, long bodies) {
    List<TrafficLine> taken = new ArrayList<>();
    long bytes = 0;
    while (taken.size() < most) {
      Optional<TrafficLine> next = Optional.ofNullable(waiting.peek());
      bytes += next.map(TrafficLine::bodyBytes).orElse(0L);
      if (next.isEmpty() || (bytes > bodies && !taken.isEmpty())) {
        break;
      }
      taken.add(next.get());
      waiting.remove();
    }
    return taken;
  }

  /** These were under way and no longer are. */
  void settle(List<TrafficLine> lines) {
    held.addAndGet(-lines.stream().mapToLong(TrafficLine::held).sum());
    places.addAndGet(-lines.size());
  }

  /** Lines that wait or are under way. */
  int size() {
    return places.get();
  }
}
