package dev.modgate.chain;

import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.sumdb.LogSources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a checksum database is read: through the mirrors that relay it, in the order of the chain,
 * or at its own address if none does. All of them may lie, because what they say is proven.
 *
 * @see <a href="https://go.dev/ref/mod#checksum-database">go.dev/ref/mod, /sumdb/…/supported</a>
 */
public final class RelayedDatabase implements LogSources {

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
   */
  public RelayedDatabase(
      String name,
      List<Mirror> mirrors,
      Optional<Mirror> own,
      Duration timeout,
      InstantSource clock,
      Predicate<String> isHealthy) {
    this.isHealthy = isHealthy;
    String prefix = "/sumdb/" + name;
    this.relays =
        mirrors.stream()
            .map(m -> new Relay(new Endpoint(m, prefix, Optional.of(timeout)), clock))
            .toList();
    this.own = own.map(mirror -> new Endpoint(mirror, "", Optional.of(timeout)));
  }

  @Override
  public List<LogSource> inOrder() {
    List<Endpoint> sources = new ArrayList<>();
    List<Endpoint> unwell = new ArrayList<>();
    for (Relay relay : relays) {
      boolean well = isHealthy.test(relay.endpoint.name());
      if (relay.isSupported(well)) {
        (well ? sources : unwell).add(relay.endpoint);
      }
    }
    sources.addAll(unwell);
    if (sources.isEmpty()) {
      own.ifPresent(sources::add);
    }
    return lastOnePatient(sources);
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
    private boolean supported;
    private Instant until = Instant.MIN;

    Relay(Endpoint endpoint, InstantSource clock) {
      this.endpoint = endpoint;
      this.clock = clock;
    }

    /** Of a mirror that is unwell the last word counts. */
    synchronized boolean isSupported(boolean well) {
      if (well && !clock.instant().isBefore(until)) {
        ask();
      }
      return supported;
    }

    /** A mirror that fails is asked again soon; what it said before stays true until then. */
    private void ask() {
      MirrorRequest request = MirrorRequest.inMemory(endpoint.prefix() + "/supported", 4096);
      Duration known =
          switch (endpoint.mirror().get(request)) {
            case Reply.Content _ -> {
              supported = true;
              yield KNOWN;
            }
            case Reply.NotThere _ -> {
              supported = false;
              yield KNOWN;
            }
            case Reply.Failed _, Reply.Cut _ -> FAILED;
          };
      until = clock.instant().plus(known);
    }
  }
}
