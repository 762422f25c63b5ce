package dev.modgate.traffic;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes lines from the backlog and gives them to the endpoint, in their order, one batch at a time.
 * A batch that the endpoint can't take now is sent again until it can; one that it rejects is
 * counted and left behind, so that it does not stand in the way. One thread runs it.
 */
final class TrafficSender {

  /** Lines of a batch, at most; with the longest paths and without bodies they are 2 MiB. */
  static final int BATCH = 256;

  /** How long a batch that is not full waits for more lines. */
  static final Duration LINGER = Duration.ofMillis(250);

  /** How often the backlog is looked at meanwhile: nobody that offers has to wake anybody. */
  static final Duration LOOK = Duration.ofMillis(25);

  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger("modgate.traffic");

  private final Backlog backlog;
  private final TrafficEndpoint endpoint;
  private final String run;
  private final int bodies;
  private final Pauses pauses;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong leftOut = new AtomicLong();
  private volatile Optional<String> trouble = Optional.empty();
  private List<TrafficLine> underWay = List.of();
  private Duration backOff = FIRST_BACK_OFF;

  /**
   * @param run see {@link TrafficLine#json}
   * @param bodies bytes of the bodies of a batch, at most
   */
  TrafficSender(Backlog backlog, TrafficEndpoint endpoint, String run, int bodies, Pauses pauses) {
    this.backlog = backlog;
    this.endpoint = endpoint;
    this.run = run;
    this.bodies = bodies;
    this.pauses = pauses;
  }

  long sent() {
    return sent.get();
  }

  long rejected() {
    return rejected.get();
  }

  /** Attempts. */
  long failed() {
    return failed.get();
  }

  /** Lines that were sent without the body that they should have had. */
  long leftOut() {
    return leftOut.get();
  }

  /** Why the last attempt failed; empty if it did not. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Waits for a batch and tries to send it; waits again if that fails. */
  void round() throws InterruptedException {
    if (underWay.isEmpty()) {
      gather();
    }
    if (!attempt()) {
      pauses.pause(backOff);
      Duration twice = backOff.multipliedBy(2);
      backOff = twice.compareTo(LONGEST_BACK_OFF) < 0 ? twice : LONGEST_BACK_OFF;
    }
  }

  /** Sends what is left without waiting for more, until the first failure. */
  void flush() throws InterruptedException {
    boolean going = true;
    while (going && backlog.size() > 0) {
      going = attempt();
    }
  }

  private void gather() throws InterruptedException {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(LINGER) < 0 && backlog.size() < BATCH;
        waited = waited.plus(LOOK)) {
      pauses.pause(LOOK);
    }
  }

  /** False if the endpoint did not take a batch. */
  private boolean attempt() throws InterruptedException {
    if (underWay.isEmpty()) {
      underWay = backlog.take(BATCH, bodies);
    }
    if (underWay.isEmpty()) {
      return true;
    }
    Batch batch = Batch.of(underWay, run);
    return switch (deliver(batch)) {
      case TrafficEndpoint.Delivery.Taken() -> {
        leftOut.addAndGet(batch.leftOut());
        settle(sent);
        recovered();
        yield true;
      }
      case TrafficEndpoint.Delivery.Rejected(int status) -> {
        settle(rejected);
        troubled("it answered " + status);
        yield false;
      }
      case TrafficEndpoint.Delivery.NotNow(String reason) -> {
        troubled(reason);
        yield false;
      }
    };
  }

  /** A bug in there must not end the one thread that sends. */
  private TrafficEndpoint.Delivery deliver(Batch batch) throws InterruptedException {
    try {
      return endpoint.deliver(batch.parts());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "while sending lines about answers", e);
      return new TrafficEndpoint.Delivery.NotNow("it could not be asked");
    }
  }

  private void settle(AtomicLong count) {
    count.addAndGet(underWay.size());
    backlog.settle(underWay);
    underWay = List.of();
  }

  private void recovered() {
    if (trouble.isPresent()) {
      LOG.log(System.Logger.Level.INFO, "mirror-traffic.url takes lines again");
    }
    trouble = Optional.empty();
    backOff = FIRST_BACK_OFF;
  }

  /** Says so once for each run of failures. */
  private void troubled(String reason) {
    failed.incrementAndGet();
    if (trouble.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "mirror-traffic.url takes no lines: {0}", reason);
    }
    trouble = Optional.of(reason);
  }
}
