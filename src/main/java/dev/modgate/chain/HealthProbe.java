package dev.modgate.chain;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks a mirror now and then how it is, past its breaker and its bulkhead. */
final class HealthProbe implements Runnable {

  private static final System.Logger LOG = System.getLogger("modgate.chain");

  /** Bytes of the answer, which nobody reads. */
  private static final long LIMIT = 64 * 1024;

  private final Mirror mirror;
  private final MirrorState state;
  private final String path;
  private final Duration patience;
  private final Runnable revived;
  private final AtomicBoolean underWay = new AtomicBoolean();

  /**
   * @param mirror without breaker and bulkhead
   * @param patience for an answer; a later one is none
   * @param revived is run when a mirror that was unwell is well again
   */
  HealthProbe(Mirror mirror, MirrorState state, String path, Duration patience, Runnable revived) {
    this.mirror = mirror;
    this.state = state;
    this.path = path;
    this.patience = patience;
    this.revived = revived;
  }

  void every(Duration interval, ScheduledExecutorService clock, Executor threads) {
    long nanos = interval.toNanos();
    var _ =
        clock.scheduleAtFixedRate(() -> threads.execute(this), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** One probe; a second one at the same time is left out. */
  @Override
  public void run() {
    if (!underWay.compareAndSet(false, true)) {
      return;
    }
    try {
      boolean well = mirror.get(request()) instanceof Reply.Content;
      if (state.probed(well)) {
        if (well) {
          revived.run();
        }
        LOG.log(
            System.Logger.Level.WARNING,
            "mirror {0} is {1}: its health probe {2}",
            state.name(),
            well ? "up" : "down",
            well ? "succeeds" : "fails");
      }
    } finally {
      underWay.set(false);
    }
  }

  private MirrorRequest request() {
    return MirrorRequest.inMemory(path, LIMIT).within(patience).by(Deadline.in(patience));
  }
}
