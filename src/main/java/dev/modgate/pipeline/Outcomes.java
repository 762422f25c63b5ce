package dev.modgate.pipeline;

import dev.modgate.chain.Failure;
import dev.modgate.chain.Fetched;
import dev.modgate.verify.sumdb.Lookup;
import java.util.List;
import java.util.stream.Collectors;

/** How failures of the rooms below become outcomes. Trust fails closed, availability says so. */
final class Outcomes {

  /** The name of the store where a mirror's name stands. */
  static final String STORE = "store";

  private Outcomes() {}

  /** The database did not come up with what the artifact has to be. */
  static Outcome unprovable(Lookup lookup) {
    return switch (lookup) {
      case Lookup.Found _ ->
          new Outcome.Refused(
              Refusal.unauthentic("the log's record has no hash for what was asked"));
      case Lookup.NotLogged _ -> new Outcome.Refused(Refusal.notLogged());
      case Lookup.Unavailable unavailable ->
          new Outcome.Unavailable(
              Outcome.Cause.NOT_NOW,
              "the checksum database was not reached: " + unavailable.reason());
      case Lookup.Refused refused -> new Outcome.Refused(Refusal.unauthentic(refused.reason()));
    };
  }

  /** No mirror delivered. One lie among the failures makes it a matter of trust. */
  static Outcome failed(List<Fetched.Attempt> attempts) {
    String all =
        attempts.stream()
            .map(attempt -> attempt.mirror() + ": " + attempt.failure().text())
            .collect(Collectors.joining("; "));
    if (attempts.stream().anyMatch(a -> a.failure() instanceof Failure.Refuted)) {
      return new Outcome.Refused(Refusal.untrue(all));
    }
    Failure last = attempts.getLast().failure();
    return new Outcome.Unavailable(cause(last), all);
  }

  static Outcome diskFailed() {
    return new Outcome.Unavailable(
        Outcome.Cause.NOT_NOW, "the disk of this gate could not be written or read");
  }

  static Outcome stillUnderWay() {
    return new Outcome.Unavailable(
        Outcome.Cause.UPSTREAM_TIMED_OUT, "it is still being fetched; ask again in a while");
  }

  static Outcome overloaded() {
    return new Outcome.Unavailable(Outcome.Cause.NOT_NOW, "too many fetches at once");
  }

  private static Outcome.Cause cause(Failure failure) {
    return switch (failure) {
      case Failure.TimedOut _ -> Outcome.Cause.UPSTREAM_TIMED_OUT;
      case Failure.BreakerOpen _,
          Failure.Busy _,
          Failure.LocalDisk _,
          Failure.Outrun _,
          Failure.TakenOut _,
          Failure.Paused _ ->
          Outcome.Cause.NOT_NOW;
      case Failure.Unreachable _,
          Failure.NoCredential _,
          Failure.Untrusted _,
          Failure.ChangedFace _,
          Failure.BadStatus _,
          Failure.Broken _,
          Failure.TooLarge _,
          Failure.NotFetched _,
          Failure.Refuted _ ->
          Outcome.Cause.UPSTREAM_FAILED;
    };
  }
}
