package dev.modgate.chain;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes a mirror out that shows another face than the one that is configured, and says so aloud. It
 * is asked again, by one request, when the time of an open breaker is over.
 */
final class IdentityMirror implements Mirror {

  private static final System.Logger LOG = System.getLogger("modgate.mirror");

  private final Mirror next;
  private final Duration out;
  private final InstantSource clock;
  private Optional<TakenOut> state = Optional.empty();

  /**
   * @param out how long it is left alone before it is asked again
   */
  IdentityMirror(Mirror next, Duration out, InstantSource clock) {
    this.next = next;
    this.out = out;
    this.clock = clock;
  }

  /** What becomes of a request. */
  private sealed interface Entry {}

  private record TakenOut(Failure.ChangedFace why, Instant until) implements Entry {}

  /**
   * It may pass.
   *
   * @param asksAgain whether the mirror was taken out until now
   */
  private record Admitted(boolean asksAgain) implements Entry {}

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    return switch (admit()) {
      case TakenOut taken -> new Reply.Failed(taken.why());
      case Admitted admitted -> judged(next.get(request), admitted);
    };
  }

  private Reply judged(Reply reply, Admitted admitted) {
    switch (reply) {
      case Reply.Failed(Failure.ChangedFace why) -> takeOut(why);
      case Reply.Failed _, Reply.Cut _ -> {}
      case Reply.Content _, Reply.NotThere _ -> takeBack(admitted);
    }
    return reply;
  }

  /** What changed, while the mirror is taken out. */
  synchronized Optional<String> alarm() {
    return state.map(taken -> taken.why().text());
  }

  /** The one request that may ask again holds the others back for as long as before. */
  private synchronized Entry admit() {
    Instant now = clock.instant();
    Optional<TakenOut> taken = state;
    if (taken.isPresent() && now.isBefore(taken.get().until())) {
      return taken.get();
    }
    state = taken.map(before -> new TakenOut(before.why(), now.plus(out)));
    return new Admitted(taken.isPresent());
  }

  private synchronized void takeOut(Failure.ChangedFace why) {
    if (state.isEmpty()) {
      LOG.log(Level.WARNING, "the mirror {0} is taken out: it {1}", name(), why.text());
    }
    state = Optional.of(new TakenOut(why, clock.instant().plus(out)));
  }

  /** A straggler from before says nothing of what the mirror is now. */
  private synchronized void takeBack(Admitted admitted) {
    if (admitted.asksAgain() && state.isPresent()) {
      LOG.log(Level.WARNING, "the mirror {0} is taken back: its face is as it should be", name());
      state = Optional.empty();
    }
  }
}
