package dev.modgate.chain;

import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.sumdb.LogSources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Where a checksum database is read: through the mirrors that relay it, in the order of the chain,
 * or at its own address if none does. All of them may lie, because what they say is proven.
 *
 * @see <a href="https://go.dev/ref/mod#checksum-database">go.dev/ref/mod, /sumdb/…/supported</a>
 */
public final class RelayedDatabase implements LogSources {

  /** How long a mirror is waited for that has never said whether it relays the database. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final List<Relay> relays;
  private final Optional<LogEndpoint> own;
  private final Predicate<String> isHealthy;
  private final Optional<Hedge> hedge;

  /**
   * A database for which no mirror is ever asked besides another.
   *
   * @param name of the database
   * @param mirrors that may relay it, in order; none if the operator gave the database's address
   * @param own the database itself, as a mirror of its own
   * @param timeout for the head of a lookup's answer at the last source: a version that is new to
   *     the log may take a minute; the sources before it have the deadlines of their mirrors
   * @param isHealthy of a mirror, by its name: the others are asked last
   * @param threads ask mirrors whether they relay the database; not closed with this
   */
  public RelayedDatabase(
      String name,
      List<Mirror> mirrors,
      Optional<Mirror> own,
      Duration timeout,
      InstantSource clock,
      Predicate<String> isHealthy,
      Executor threads) {
    this(name, mirrors, own, timeout, clock, isHealthy, threads, Optional.empty());
  }

  /**
   * The same.
   *
   * @param hedge has the second source asked besides a first one that is slow
   */
  RelayedDatabase(
      String name,
      List<Mirror> mirrors,
      Optional<Mirror> own,
      Duration timeout,
      InstantSource clock,
      Predicate<String> isHealthy,
      Executor threads,
      Optional<Hedge> hedge) {
    this.hedge = hedge;
    this.isHealthy = isHealthy;
    String prefix = "/sumdb/" + name;
    this.relays =
        mirrors.stream()
            .map(m -> new Relay(new LogEndpoint(m, prefix, Optional.of(timeout)), clock, threads))
            .toList();
    this.own = own.map(mirror -> new LogEndpoint(mirror, "", Optional.of(timeout)));
  }

  /**
   * All mirrors that are well are asked at once whether they relay the database. One that is slow
   * to say it is waited for only while no other has said yes.
   */
  @Override
  public List<LogSource> inOrder() {
    List<Relay> well = relays.stream().filter(this::isWell).toList();
    List<Relay> unwell = relays.stream().filter(relay -> !well.contains(relay)).toList();
    well.forEach(Relay::ask);
    well.forEach(Relay::awaitFirstWord);
    if (relays.stream().noneMatch(Relay::isSupported)) {
      awaitYes(well);
    }
    List<LogEndpoint> inFront = endpoints(well);
    List<LogEndpoint> sources = new ArrayList<>(inFront);
    sources.addAll(endpoints(unwell));
    return inOrder(sources.isEmpty() ? own.stream().toList() : sources, inFront.size() > 1);
  }

  private static List<LogEndpoint> endpoints(List<Relay> relays) {
    return relays.stream().filter(Relay::isSupported).map(Relay::endpoint).toList();
  }

  /**
   * The last one is waited for.
   *
   * @param two whether the second may help out the first
   */
  private List<LogSource> inOrder(List<LogEndpoint> sources, boolean two) {
    List<LogEndpoint> patient = lastOnePatient(sources);
    if (!two || hedge.isEmpty()) {
      return List.copyOf(patient);
    }
    List<LogSource> inOrder = new ArrayList<>();
    inOrder.addAll(new HedgedLog(patient.getFirst(), patient.get(1), hedge.get()).inOrder());
    inOrder.addAll(patient.subList(2, patient.size()));
    return inOrder;
  }

  /** Until one says yes, or all have said something or failed. */
  private static void awaitYes(List<Relay> asked) {
    CompletableFuture<Boolean> yes = new CompletableFuture<>();
    for (Relay relay : asked) {
      var _ = relay.asking().thenAccept(supported -> completeIf(supported, yes));
    }
    CompletableFuture<?>[] all =
        asked.stream().map(Relay::asking).toArray(CompletableFuture[]::new);
    var _ = CompletableFuture.allOf(all).whenComplete((_, _) -> yes.complete(false));
    yes.join();
  }

  private static void completeIf(boolean supported, CompletableFuture<Boolean> yes) {
    if (supported) {
      yes.complete(true);
    }
  }

  private boolean isWell(Relay relay) {
    return isHealthy.test(relay.endpoint().name());
  }

  private static List<LogEndpoint> lastOnePatient(List<LogEndpoint> sources) {
    List<LogEndpoint> inOrder = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      LogEndpoint source = sources.get(i);
      inOrder.add(i == sources.size() - 1 ? source : source.hasty());
    }
    return inOrder;
  }

  /** A mirror that may relay the database, and what it last said about that. */
  private static final class Relay {
    private static final Duration KNOWN = Duration.ofMinutes(10);
    private static final Duration FAILED = Duration.ofSeconds(5);

    private final LogEndpoint endpoint;
    private final InstantSource clock;
    private final Executor threads;
    private Optional<Boolean> supported = Optional.empty();
    private Instant until = Instant.MIN;
    private CompletableFuture<Boolean> asking = CompletableFuture.completedFuture(false);
    private Deadline patience = Deadline.in(Duration.ZERO);

    Relay(LogEndpoint endpoint, InstantSource clock, Executor threads) {
      this.endpoint = endpoint;
      this.clock = clock;
      this.threads = threads;
    }

    LogEndpoint endpoint() {
      return endpoint;
    }

    synchronized boolean isSupported() {
      return supported.orElse(false);
    }

    /** Starts to ask if the last word is old; it stays true until there is a new one. */
    synchronized void ask() {
      if (asking.isDone() && !clock.instant().isBefore(until)) {
        patience = Deadline.in(PATIENCE);
        asking = CompletableFuture.supplyAsync(this::request, threads).thenApply(this::remember);
      }
    }

    private Reply request() {
      return endpoint.mirror().get(MirrorRequest.inMemory(endpoint.prefix() + "/supported", 4096));
    }

    synchronized CompletableFuture<Boolean> asking() {
      return asking;
    }

    /** A mirror that failed is asked again soon. */
    private synchronized boolean remember(Reply reply) {
      Duration known =
          switch (reply) {
            case Reply.Content _ -> {
              supported = Optional.of(true);
              yield KNOWN;
            }
            case Reply.NotThere _ -> {
              supported = Optional.of(false);
              yield KNOWN;
            }
            case Reply.Failed _, Reply.Cut _ -> FAILED;
          };
      until = clock.instant().plus(known);
      return supported.orElse(false);
    }

    /** Waits a little for a mirror that has never said anything. */
    void awaitFirstWord() {
      CompletableFuture<Boolean> answer;
      long nanos;
      synchronized (this) {
        if (supported.isPresent()) {
          return;
        }
        answer = asking;
        nanos = Math.max(0, patience.left().toNanos());
      }
      try {
        answer.get(nanos, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Then it is left out for now.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a mirror must answer with a value", e.getCause());
      }
    }
  }
}
