package dev.modgate.verify.sumdb;

import dev.modgate.verify.Parsed;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Asks the sources for the newest head. */
final class HeadSearch {

  private static final String PATH = "/latest";

  private final HeadNotes notes;
  private final Timeline timeline;
  private final Round round;
  private final SingleFlight<String, Sought<SignedHead>> flights;

  HeadSearch(HeadNotes notes, Timeline timeline, Round round, Executor executor) {
    this.notes = notes;
    this.timeline = timeline;
    this.round = round;
    this.flights = new SingleFlight<>(executor);
  }

  /**
   * Asks source after source until one moves the timeline forward. Returns the newest accepted head
   * also if all that answered have nothing newer.
   */
  Sought<SignedHead> refresh() {
    return flights.get(PATH, () -> timeline.newest().then(this::refresh));
  }

  private Sought<SignedHead> refresh(SignedHead before) {
    Sought<SignedHead> found = round.ask(source -> fetch(source, before.head().size()));
    return found instanceof Sought.Missing<SignedHead>
        ? timeline
            .newest()
            .then(newest -> newest.head().size() > 0 ? new Sought.Got<>(newest) : found)
        : found;
  }

  /** Missing if the source has nothing newer. */
  private Sought<SignedHead> fetch(LogSource source, long size) {
    return switch (source.get(PATH)) {
      case LogSource.Answer.Missing(int status, String text) -> new Sought.Missing<>(status, text);
      case LogSource.Answer.Failed(String reason) -> new Sought.Unavailable<>(reason);
      case LogSource.Answer.Body(byte[] body) ->
          body.length > LogSource.MAX_BYTES
              ? Sought.refuted("the answer has more than 64 KiB")
              : judged(body, source).then(newest -> newer(newest, size));
    };
  }

  private static Sought<SignedHead> newer(SignedHead newest, long size) {
    return newest.head().size() > size
        ? new Sought.Got<>(newest)
        : new Sought.Missing<>(404, "the database has no newer tree head");
  }

  private Sought<SignedHead> judged(byte[] body, LogSource source) {
    return switch (notes.open(body)) {
      case Parsed.Invalid<SignedHead>(String reason) -> Sought.refuted(reason);
      case Parsed.Valid<SignedHead>(SignedHead signed) ->
          switch (timeline.judge(signed, Optional.empty(), source)) {
            case Timeline.Judgement.Accepted accepted -> timeline.newest();
            case Timeline.Judgement.Refuted(String reason) -> Sought.refuted(reason);
            case Timeline.Judgement.Unavailable(String reason) -> new Sought.Unavailable<>(reason);
            case Timeline.Judgement.Forked(Fork fork) -> Sought.forked(fork);
          };
    };
  }
}
