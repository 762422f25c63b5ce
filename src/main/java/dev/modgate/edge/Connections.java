package dev.modgate.edge;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many connections a listener serves at once. The next ones are {@link TurnedAway}, some at a
 * time; those after them wait to be accepted.
 */
public final class Connections {

  /** Descriptors that are left for the store, mirrors and the log, at least. */
  private static final long RESERVE = 200;

  /** Where nobody says how many descriptors there are. */
  private static final int UNKNOWN = 1024;

  /** That are turned away at one time. */
  private static final int AWAY = 512;

  /** That may be accepted. */
  static final int MOST = here();

  private final int served;
  private final int away;
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder turnedAway = new LongAdder();

  /**
   * @param wanted to serve; fewer if the process may not have so many descriptors
   */
  public Connections(int wanted) {
    this(wanted, MOST);
  }

  Connections(int wanted, int accepted) {
    this.away = Math.clamp(accepted / 8, 1, AWAY);
    this.served = Math.clamp(wanted, 1, Math.max(1, accepted - away));
  }

  private static int here() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? of(unix.getMaxFileDescriptorCount())
        : UNKNOWN;
  }

  /** Three quarters of the descriptors, and never the last {@value #RESERVE}. */
  static int of(long descriptors) {
    long most = descriptors - Math.max(descriptors / 4, RESERVE);
    return Math.toIntExact(Math.clamp(most, 1, 1_000_000));
  }

  /** The place of one connection. */
  final class Place {
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Place() {}

    /** Once, however often it is said. */
    void leave() {
      if (taken.compareAndSet(true, false)) {
        open.decrementAndGet();
      }
    }
  }

  /** A place for one more, or none, and then it is counted as turned away. */
  Optional<Place> enter() {
    if (open.incrementAndGet() <= served) {
      return Optional.of(new Place());
    }
    open.decrementAndGet();
    turnedAway.increment();
    return Optional.empty();
  }

  /** That are accepted at most, those that are turned away included. */
  int accepted() {
    return served + away;
  }

  /** That are served now. */
  public int open() {
    return Math.min(open.get(), served);
  }

  /** So far. */
  public long turnedAway() {
    return turnedAway.sum();
  }

  /** That are served at most. */
  public int most() {
    return served;
  }
}
