package dev.modgate.telemetry;

import dev.modgate.chain.Failure;
import dev.modgate.chain.Mirror;
import dev.modgate.chain.MirrorRequest;
import dev.modgate.chain.Payload;
import dev.modgate.chain.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A span for each attempt at a mirror. "Not there" is an answer, so it leaves the status unset. */
public final class TracedMirror implements Mirror {

  /** A question to the checksum database is waited for as such, whoever relays it. */
  private static final String DATABASE = "/sumdb/";

  private final Mirror next;
  private final ChildSpans spans;
  private final Optional<URI> url;
  private final HttpTimes times;

  /**
   * @param url where the mirror is; empty if it is not asked by HTTP
   */
  public TracedMirror(Mirror next, Optional<URI> url, ChildSpans spans, HttpTimes times) {
    this.next = next;
    this.url = url;
    this.spans = spans;
    this.times = times;
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    return spans.in(
        SpanName.ATTEMPT,
        span -> {
          span.attribute(TextAttribute.HTTP_REQUEST_METHOD, "GET");
          span.attribute(TextAttribute.MIRROR, next.name());
          if (request.resends() > 0) {
            span.attribute(NumberAttribute.HTTP_REQUEST_RESEND_COUNT, request.resends());
          }
          url.ifPresent(at -> {
            span.attribute(TextAttribute.SERVER_ADDRESS, String.valueOf(at.getHost()));
            span.attribute(NumberAttribute.SERVER_PORT, HttpTimes.port(at));
          });
          Instant begun = Instant.now();
          long nanos = System.nanoTime();
          Reply reply = next.get(request);
          describe(span, reply, begun);
          url.ifPresent(at -> measure(at, reply, System.nanoTime() - nanos));
          if (!request.path().startsWith(DATABASE)) {
            Waits.current().ifPresent(waits -> waits.note(next.name(), nanos, failure(reply)));
          }
          return reply;
        });
  }

  private static Optional<String> failure(Reply reply) {
    return switch (reply) {
      case Reply.Content _ -> Optional.empty();
      case Reply.NotThere _ -> Optional.of("not there");
      case Reply.Failed(Failure failure) -> Optional.of(failure.type());
      case Reply.Cut(Failure failure, var _) -> Optional.of(failure.type());
    };
  }

  private static void describe(OpenSpan span, Reply reply, Instant begun) {
    switch (reply) {
      case Reply.Content(Payload payload, Duration firstByte) -> {
        span.attribute(NumberAttribute.HTTP_RESPONSE_STATUS_CODE, 200);
        span.attribute(NumberAttribute.BYTES, payload.size());
        span.event(SpanEvent.FIRST_BYTE, begun.plus(firstByte));
      }
      case Reply.NotThere(int status, String _) ->
          span.attribute(NumberAttribute.HTTP_RESPONSE_STATUS_CODE, status);
      case Reply.Failed(Failure.BadStatus(int status, var _)) -> {
        span.attribute(NumberAttribute.HTTP_RESPONSE_STATUS_CODE, status);
        span.failed(String.valueOf(status));
      }
      case Reply.Cut(Failure failure, Payload.Partial begunFile) -> {
        span.attribute(NumberAttribute.BYTES, begunFile.size());
        span.failed(failure.type());
      }
      case Reply.Failed(Failure failure) -> span.failed(failure.type());
    }
  }

  /** What was kept back here was never asked. */
  private void measure(URI at, Reply reply, long nanos) {
    switch (reply) {
      case Reply.Content _ -> times.asked(at, Optional.of(200), Optional.empty(), nanos);
      case Reply.NotThere(int status, String _) ->
          times.asked(at, Optional.of(status), Optional.empty(), nanos);
      case Reply.Failed(Failure.BadStatus(int status, var _)) ->
          times.asked(at, Optional.of(status), Optional.of(String.valueOf(status)), nanos);
      case Reply.Cut(Failure failure, Payload.Partial _) ->
          times.asked(at, Optional.of(200), Optional.of(failure.type()), nanos);
      case Reply.Failed(Failure failure) when failure.isOurs() -> {}
      case Reply.Failed(Failure failure) ->
          times.asked(at, Optional.empty(), Optional.of(failure.type()), nanos);
    }
  }
}
