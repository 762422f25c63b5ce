package dev.modgate.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Asks again after a failure that may be gone in a moment: no connection, or a status that says
 * "later". Never after the first byte of an answer, never more often than the budget allows, and
 * never sooner than the mirror asks for.
 */
final class RetryMirror implements Mirror {

  /** A first pause is half of this to all of it, the second twice as long, and so on. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Who asks for more is not waited for here: another mirror is nearer. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Mirror next;
  private final int attempts;
  private final Budget budget;
  private final Supplier<? extends RandomGenerator> random;
  private final Sleeper sleeper;
  private final Consumer<Failure> again;

  /**
   * @param again hears why the mirror is asked again
   */
  RetryMirror(
      Mirror next,
      MirrorSettings.Retry rules,
      Supplier<? extends RandomGenerator> random,
      Sleeper sleeper,
      Consumer<Failure> again) {
    this.next = next;
    this.attempts = rules.attempts();
    this.budget = new Budget(rules.budgetPercent());
    this.random = random;
    this.sleeper = sleeper;
    this.again = again;
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    budget.payIn();
    Reply reply = next.get(request);
    for (int attempt = 1; attempt < attempts; attempt++) {
      Optional<Duration> least = leastPause(reply);
      if (least.isEmpty()) {
        return reply;
      }
      Duration pause = pause(attempt, least.get());
      if (pause.compareTo(request.deadline().left()) >= 0
          || !budget.takeOut()
          || !sleeper.sleep(pause)) {
        return reply;
      }
      if (reply instanceof Reply.Failed(Failure because)) {
        again.accept(because);
      }
      reply = next.get(request.resent(attempt));
    }
    return reply;
  }

  /** Empty unless the failure may be gone soon. */
  private static Optional<Duration> leastPause(Reply reply) {
    return switch (reply) {
      case Reply.Failed(Failure.Unreachable _) -> Optional.of(Duration.ZERO);
      case Reply.Failed(Failure.BadStatus status) when status.isMomentary() ->
          Optional.of(status.retryAfter().orElse(Duration.ZERO))
              .filter(pause -> pause.compareTo(LONGEST) <= 0);
      case Reply.Failed _, Reply.Cut _, Reply.Content _, Reply.NotThere _ -> Optional.empty();
    };
  }

  private Duration pause(int attempt, Duration least) {
    long most = PAUSE.toMillis() << Math.min(attempt - 1, 4);
    Duration own = Duration.ofMillis(random.get().nextLong(most / 2, most + 1));
    return own.compareTo(least) > 0 ? own : least;
  }
}
