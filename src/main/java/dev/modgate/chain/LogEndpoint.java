package dev.modgate.chain;

import dev.modgate.verify.sumdb.LogSource;
import java.time.Duration;
import java.util.Optional;

/**
 * A base path at a mirror, below which a checksum database is read.
 *
 * @param prefix empty, or a path without a slash at its end
 * @param lookup a deadline of its own for the head of a lookup's answer
 */
record LogEndpoint(Mirror mirror, String prefix, Optional<Duration> lookup) implements LogSource {

  private static final long LIMIT = MAX_BYTES;

  /** The same with the deadlines of its mirror. */
  LogEndpoint hasty() {
    return waiting(Optional.empty());
  }

  /** The same with this deadline for lookups. */
  LogEndpoint waiting(Optional<Duration> other) {
    return new LogEndpoint(mirror, prefix, other);
  }

  @Override
  public String name() {
    return mirror.name();
  }

  @Override
  public Answer get(String path) {
    return answer(mirror.get(request(path)));
  }

  MirrorRequest request(String path) {
    MirrorRequest usual = MirrorRequest.inMemory(prefix + path, LIMIT);
    return lookup.filter(_ -> path.startsWith("/lookup/")).map(usual::within).orElse(usual);
  }

  static Answer answer(Reply reply) {
    return switch (reply) {
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
