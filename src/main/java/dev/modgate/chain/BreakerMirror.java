package dev.modgate.chain;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Leaves a mirror alone that fails too often or is too slow to begin its answers. "Not there" and
 * "not for you" are answers: they never open the breaker.
 */
final class BreakerMirror implements Mirror {

  private final Mirror next;
  private final CircuitBreaker breaker;

  BreakerMirror(Mirror next, CircuitBreaker breaker) {
    this.next = next;
    this.breaker = breaker;
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    if (!breaker.tryAcquirePermission()) {
      return new Reply.Failed(new Failure.BreakerOpen());
    }
    long start = System.nanoTime();
    Reply reply;
    try {
      reply = next.get(request);
    } catch (RuntimeException | Error e) {
      breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
      throw e;
    }
    record(reply, Duration.ofNanos(System.nanoTime() - start));
    return reply;
  }

  private void record(Reply reply, Duration elapsed) {
    switch (reply) {
      case Reply.Content content -> success(content.firstByte());
      case Reply.NotThere _ -> success(elapsed);
      case Reply.Failed(Failure failure) when failure.isOurs() -> breaker.releasePermission();
      case Reply.Failed(Failure.BadStatus status) when status.isAboutTheRequest() ->
          success(elapsed);
      case Reply.Failed(Failure failure) -> failed(failure, elapsed);
      case Reply.Cut(Failure failure, Payload.Partial _) -> failed(failure, elapsed);
    }
  }

  private void failed(Failure failure, Duration elapsed) {
    breaker.onError(elapsed.toNanos(), TimeUnit.NANOSECONDS, new FailedAttempt(failure.type()));
  }

  private void success(Duration duration) {
    breaker.onSuccess(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What the breaker's own events show of a failure: its type, no stack. */
  private static final class FailedAttempt extends Exception {
    private static final long serialVersionUID = 1L;

    FailedAttempt(String type) {
      super(type, null, false, false);
    }
  }
}
