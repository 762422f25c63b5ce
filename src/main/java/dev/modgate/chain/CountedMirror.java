package dev.modgate.chain;

import java.time.Duration;

/** Keeps the books of a mirror: how its requests end and how soon its answers begin. */
final class CountedMirror implements Mirror {

  private final Mirror next;
  private final MirrorState state;

  CountedMirror(Mirror next, MirrorState state) {
    this.next = next;
    this.state = state;
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    long start = System.nanoTime();
    Reply reply = next.get(request);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    switch (reply) {
      case Reply.Content(Payload payload, Duration firstByte) ->
          state.answered(firstByte, payload.size());
      case Reply.NotThere _ -> state.answered(elapsed, 0);
      case Reply.Failed(Failure.Outrun _) -> state.outrun(elapsed);
      case Reply.Failed(Failure failure) when failure.isOurs() -> {}
      case Reply.Failed(Failure.BadStatus refusal) when refusal.isAboutTheRequest() ->
          state.answered(elapsed, 0);
      case Reply.Failed(Failure failure) -> state.failed(failure);
      case Reply.Cut(Failure failure, Payload.Partial _) -> state.failed(failure);
    }
    return reply;
  }
}
