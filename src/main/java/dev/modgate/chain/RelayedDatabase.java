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
import java.util.stream.Stream;

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
  private final Optional<Endpoint> own;
  private final Predicate<String> isHealthy;

  /**
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
    this.isHealthy = isHealthy;
    String prefix = "/sumdb/" + name;
    this.relays =
        mirrors.stream()
            .map(m -> new Relay(new Endpoint(m, prefix, Optional.of(timeout)), clock, threads))
            .toList();
    this.own = own.map(mirror -> new Endpoint(mirror, "", Optional.of(timeout)));
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
    List<Endpoint> sources =
        Stream.concat(well.stream(), unwell.stream())
            .filter(Relay::isSupported)
            .map(Relay::endpoint)
            .toList();
    return lastOnePatient(sources.isEmpty() ? own.stream().toList() : sources);
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

  private static List<LogSource> lastOnePatient(List<Endpoint> sources) {
    List<LogSource> inOrder = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Endpoint source = sources.get(i);
      inOrder.add(i == sources.size() - 1 ? source : source.hasty());
    }
    return inOrder;
  }

  /**
   * A base path at a mirror.
   *
   * @param lookup a deadline of its own for the head of a lookup's answer
   */
  private record Endpoint(Mirror mirror, String prefix, Optional<Duration> lookup)
      implements LogSource {

    private static final long LIMIT = 64 * 1024;

    Endpoint hasty() {
      return new Endpoint(mirror, prefix, Optional.empty());
    }

    @Override
    public String name() {
      return mirror.name();
    }

    @Override
    public Answer get(String path) {
      MirrorRequest usual = MirrorRequest.inMemory(prefix + path, LIMIT);
      MirrorRequest request =
          lookup.filter(_ -> path.startsWith("/lookup/")).map(usual::within).orElse(usual);
      return switch (mirror.get(request)) {
        case Reply.Content(Payload.InMemory body, Duration _) -> new Answer.Body(body.bytes());
        case Reply.Content(Payload.Spooled _, Duration _) ->
            new Answer.Failed("delivered a file instead of a text");
        case Reply.NotThere(int status, String text) -> new Answer.Missing(status, text);
        case Reply.Cut(Failure failure, Payload.Partial begun) -> {
          begun.discard();
          yield new Answer.Failed(failure.text());
        }
        case Reply.Failed(Failure failure) -> new Answer.Failed(failure.text());
      };
    }
  }

  /** A mirror that may relay the database, and what it last said about that. */
  private static final class Relay {
    private static final Duration KNOWN = Duration.ofMinutes(10);
    private static final Duration FAILED = Duration.ofSeconds(5);

    private final Endpoint endpoint;
    private final InstantSource clock;
    private final Executor threads;
    private Optional<Boolean> supported = Optional.empty();
    private Instant until = Instant.MIN;
    private CompletableFuture<Boolean> asking = CompletableFuture.completedFuture(false);
    private Deadline patience = Deadline.in(Duration.ZERO);

    Relay(Endpoint endpoint, InstantSource clock, Executor threads) {
      this.endpoint = endpoint;
      this.clock = clock;
      this.threads = threads;
    }

    Endpoint endpoint() {
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
