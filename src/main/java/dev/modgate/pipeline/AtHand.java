package dev.modgate.pipeline;

import dev.modgate.audit.Decision;
import dev.modgate.protocol.Request;
import dev.modgate.store.Memory;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Answers that were taken out of the store a moment ago, for the others who want them in the same
 * moment: nothing blocks here. Of a large artifact it is the ticket, whose file is opened anew and
 * held against what was judged. A small file that somebody changes or removes is noticed when the
 * moment is over; until then the bytes that are served are those that were proven.
 */
public final class AtHand {

  /** How long an answer is served without a look at the store. */
  static final Duration MOMENT = Duration.ofSeconds(3);

  /** Bytes of all answers together. */
  private static final long MOST = 32L << 20;

  /** What an entry costs beside its bytes, about. */
  private static final int ENTRY = 2048;

  private final Memory<Request, Kept> answers;
  private final BooleanSupplier trusted;

  /**
   * @param trusted false once a log is caught lying: then nothing is at hand
   * @param nanos the time, as {@link System#nanoTime}
   */
  public AtHand(BooleanSupplier trusted, LongSupplier nanos) {
    this.answers = Memory.ofBytes(MOST, AtHand::size, MOMENT, nanos);
    this.trusted = trusted;
  }

  /** An answer, and what is written down whenever it is given. */
  record Kept(Outcome outcome, Optional<Decision> decision) {}

  Optional<Kept> find(Request request) {
    return trusted.getAsBoolean() ? answers.get(request) : Optional.empty();
  }

  /** Keeps an answer if it came from the store and may be given again. */
  void keep(Request request, Outcome outcome, Optional<Decision> decision) {
    if (isRepeatable(request, outcome)) {
      answers.put(request, new Kept(outcome, decision));
    }
  }

  /** What a mirror has just delivered is none: perhaps it could not be stored, and must be. */
  private static boolean isRepeatable(Request request, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact artifact -> isStore(artifact.mirror());
      case Outcome.Text text -> isStore(text.mirror()) && isRepeatable(request, text);
      case Outcome.Absent _, Outcome.Refused _, Outcome.Unavailable _ -> false;
    };
  }

  private static boolean isStore(String from) {
    return from.equals(Outcomes.STORE);
  }

  /** Not the head of a log, which never goes back; nor what is old, or will be in a moment. */
  private static boolean isRepeatable(Request request, Outcome.Text text) {
    return !(request instanceof Request.LatestHead)
        && switch (text.lifetime()) {
          case Outcome.Lifetime.Immutable() -> true;
          case Outcome.Lifetime.Fresh(Duration ttl) -> ttl.compareTo(MOMENT) > 0;
          case Outcome.Lifetime.Stale _ -> false;
        };
  }

  private static int size(Kept kept) {
    return ENTRY
        + switch (kept.outcome()) {
          case Outcome.Artifact artifact ->
              artifact.held().map(content -> content.bytes().length).orElse(0);
          case Outcome.Text text -> text.content().bytes().length;
          case Outcome.Absent _, Outcome.Refused _, Outcome.Unavailable _ -> 0;
        };
  }
}
