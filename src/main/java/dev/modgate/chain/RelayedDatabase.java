package dev.modgate.chain;

import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.sumdb.LogSources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a checksum database is read: through the mirrors that relay it, in the order of the chain,
 * or at its own address if none does. All of them may lie, because what they say is proven.
 *
 * @see <a href="https://go.dev/ref/mod#checksum-database">go.dev/ref/mod, /sumdb/…/supported</a>
 */
public final class RelayedDatabase implements LogSources {

  private final List<Relay> relays;
  private final Optional<LogSource> own;

  /**
   * @param name of the database
   * @param mirrors that may relay it, in order; none if the operator gave the database's address
   * @param own the database itself, as a mirror of its own
   * @param timeout for the head of an answer: a version that is new to the log may take a minute
   */
  public RelayedDatabase(
      String name,
      List<Mirror> mirrors,
      Optional<Mirror> own,
      Duration timeout,
      InstantSource clock) {
    String prefix = "/sumdb/" + name;
    this.relays =
        mirrors.stream().map(m -> new Relay(new Endpoint(m, prefix, timeout), clock)).toList();
    this.own = own.map(mirror -> new Endpoint(mirror, "", timeout));
  }

  @Override
  public List<LogSource> inOrder() {
    List<LogSource> sources = new ArrayList<>();
    for (Relay relay : relays) {
      if (relay.isSupported()) {
        sources.add(relay.endpoint);
      }
    }
    if (sources.isEmpty()) {
      own.ifPresent(sources::add);
    }
    return sources;
  }

  /** A base path at a mirror. */
  private record Endpoint(Mirror mirror, String prefix, Duration timeout) implements LogSource {

    private static final long LIMIT = 64 * 1024;

    @Override
    public String name() {
      return mirror.name();
    }

    @Override
    public Answer get(String path) {
      MirrorRequest request = MirrorRequest.inMemory(prefix + path, LIMIT).within(timeout);
      return switch (mirror.get(request)) {
        case Reply.Content(Payload.InMemory body, Duration _) -> new Answer.Body(body.bytes());
        case Reply.Content(Payload.Spooled _, Duration _) ->
            new Answer.Failed("delivered a file instead of a text");
        case Reply.NotThere(int status, String text) -> new Answer.Missing(status, text);
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

    synchronized boolean isSupported() {
      if (!clock.instant().isBefore(until)) {
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
            case Reply.Failed _ -> FAILED;
          };
      until = clock.instant().plus(known);
    }
  }
}
