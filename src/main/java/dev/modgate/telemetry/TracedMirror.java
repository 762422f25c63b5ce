package dev.modgate.telemetry;

import dev.modgate.chain.Failure;
import dev.modgate.chain.Mirror;
import dev.modgate.chain.MirrorRequest;
import dev.modgate.chain.Payload;
import dev.modgate.chain.Reply;
import java.time.Duration;

/** A span for each attempt at a mirror. "Not there" is an answer, so it leaves the status unset. */
public final class TracedMirror implements Mirror {

  private final Mirror next;
  private final ChildSpans spans;

  public TracedMirror(Mirror next, ChildSpans spans) {
    this.next = next;
    this.spans = spans;
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
          Reply reply = next.get(request);
          describe(span, reply);
          return reply;
        });
  }

  private static void describe(OpenSpan span, Reply reply) {
    switch (reply) {
      case Reply.Content(Payload payload, Duration _) -> {
        span.attribute(NumberAttribute.HTTP_RESPONSE_STATUS_CODE, 200);
        span.attribute(NumberAttribute.BYTES, payload.size());
      }
      case Reply.NotThere(int status, String _) ->
          span.attribute(NumberAttribute.HTTP_RESPONSE_STATUS_CODE, status);
      case Reply.Failed(Failure.BadStatus(int status, var _)) -> {
        span.attribute(NumberAttribute.HTTP_RESPONSE_STATUS_CODE, status);
        span.failed(String.valueOf(status));
      }
      case Reply.Cut(Failure failure, Payload.Partial begun) -> {
        span.attribute(NumberAttribute.BYTES, begun.size());
        span.failed(failure.type());
      }
      case Reply.Failed(Failure failure) -> span.failed(failure.type());
    }
  }
}
