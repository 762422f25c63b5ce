package dev.modgate.traffic;

import dev.modgate.edge.Served;
import dev.modgate.edge.ServedObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Tells an endpoint of every answer. {@link #served} makes a record and puts it into a queue; one
 * thread writes the lines and sends them.
 */
public final class TrafficMirror implements ServedObserver, AutoCloseable {

  /** How long {@link #close} waits for the endpoint to take what is left. */
  private static final Duration FLUSH = Duration.ofSeconds(5);

  private final Backlog backlog;
  private final int bodies;
  private final InstantSource clock;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Duration flush;
  private final TrafficEndpoint endpoint;
  private final TrafficSender sender;
  private final Thread thread;

  /** Starts to send to the endpoint that the settings name. */
  public TrafficMirror(TrafficSettings settings, InstantSource clock, RandomGenerator random) {
    this(new HttpEndpoint(settings), settings.queue(), settings.bodies(), FLUSH, clock, random);
  }

  /**
   * @param queue see {@link TrafficSettings}
   * @param bodies see {@link TrafficSettings}
   * @param flush see {@link #FLUSH}
   */
  TrafficMirror(
      TrafficEndpoint endpoint,
      int queue,
      int bodies,
      Duration flush,
      InstantSource clock,
      RandomGenerator random) {
    this.flush = flush;
    this.backlog = new Backlog(queue);
    this.bodies = bodies;
    this.clock = clock;
    this.endpoint = endpoint;
    this.sender =
        new TrafficSender(
            backlog, endpoint, HexFormat.of().toHexDigits(random.nextLong()), bodies, this::pause);
    this.thread = Thread.ofPlatform().name("modgate-traffic").daemon().start(this::run);
  }

  /**
   * Never waits: there is no lock between here and the queue, and no place is waited for. A body is
   * not read here.
   */
  @Override
  public void served(Served served) {
    long number = numbers.incrementAndGet();
    if (!backlog.offer(TrafficLine.of(number, clock.instant(), served, bodies))) {
      dropped.incrementAndGet();
    }
  }

  public TrafficReport report() {
    return new TrafficReport(
        sender.sent(),
        dropped.get(),
        sender.rejected(),
        backlog.size(),
        sender.failed(),
        sender.leftOut(),
        sender.trouble());
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        sender.round();
      }
      sender.flush();
    } catch (InterruptedException e) {
      // The endpoint took too long to take what was left; close counts it.
    }
  }

  private void pause(Duration time) throws InterruptedException {
    boolean _ = closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Sends what is left, for a while and as long as the endpoint takes it, then stops. */
  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(flush)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    endpoint.close();
    if (backlog.size() > 0) {
      System.getLogger("modgate.traffic")
          .log(
              System.Logger.Level.WARNING,
              "{0} lines about answers were never taken by mirror-traffic.url",
              backlog.size());
    }
  }
}
