package dev.modgate.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Asks a second mirror when the first is slower than it usually is. Both race for the head of the
 * answer; a body is only ever taken from the one that wins, so a large file is never loaded twice.
 * There is a budget for that, which does not bind while the first mirror is unwell: then the second
 * is asked in its place.
 */
final class Hedge {

  /** Requests that may be asked twice, in percent of all. */
  private static final int BUDGET = 10;

  /** The quantile of a mirror's own first bytes after which it is late. */
  private static final int USUAL = 95;

  /** How long a mirror is waited for of which little is known. */
  private static final Duration UNKNOWN = Duration.ofSeconds(1);

  /** How often it is looked again whether the second may be asked now. */
  private static final Duration AGAIN = Duration.ofMillis(50);

  private final Roster roster;
  private final Optional<Duration> atLeast;
  private final ExecutorService threads;
  private final Budget budget;

  /**
   * @param atLeast how long the first mirror is waited for, whatever it usually takes; empty if the
   *     second is never asked
   */
  Hedge(Roster roster, Optional<Duration> atLeast, ExecutorService threads) {
    this(roster, atLeast, threads, new Budget(BUDGET));
  }

  Hedge(Roster roster, Optional<Duration> atLeast, ExecutorService threads, Budget budget) {
    this.roster = roster;
    this.atLeast = atLeast;
    this.threads = threads;
    this.budget = budget;
  }

  /** What one of them said. */
  record Answer(Mirror mirror, Reply reply) {}

  /**
   * Asks the first mirror, and perhaps its rival.
   *
   * @return one or two answers in the order of their arrival; the last one is the content if there
   *     is one; who was outrun is not among them
   */
  List<Answer> ask(Mirror first, Optional<Mirror> rival, MirrorRequest request) {
    budget.payIn();
    if (rival.isEmpty() || atLeast.isEmpty()) {
      return List.of(new Answer(first, first.get(request)));
    }
    try {
      return race(first, rival.get(), request, patience(first, atLeast.get()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(
          new Answer(first, new Reply.Failed(new Failure.TimedOut(Failure.TimedOut.Phase.TOTAL))));
    }
  }

  private Duration patience(Mirror mirror, Duration least) {
    Duration usual = roster.state(mirror.name()).firstByte(USUAL).orElse(UNKNOWN);
    return usual.compareTo(least) > 0 ? usual : least;
  }

  private List<Answer> race(Mirror first, Mirror rival, MirrorRequest request, Duration patience)
      throws InterruptedException {
    Race race = new Race();
    CompletionService<Answer> running = new ExecutorCompletionService<>(threads);
    start(first, request.with(race.enter()), running);
    Optional<Future<Answer>> soon = next(running, patience);
    if (soon.isEmpty()) {
      soon = overdue(roster.state(first.name()), running, Deadline.in(UNKNOWN.minus(patience)));
    }
    if (soon.isPresent()) {
      return List.of(answer(soon.get()));
    }
    start(rival, request.with(race.enter()), running);
    return both(running);
  }

  /** Waits on while the second must not be asked; after a second it counts against the first. */
  private Optional<Future<Answer>> overdue(
      MirrorState first, CompletionService<Answer> running, Deadline second)
      throws InterruptedException {
    Optional<Future<Answer>> soon = Optional.empty();
    boolean counted = false;
    while (soon.isEmpty() && !mayAskBesides(first)) {
      if (!counted && second.hasPassed()) {
        first.late();
        counted = true;
      } else {
        soon = next(running, AGAIN);
      }
    }
    return soon;
  }

  private boolean mayAskBesides(MirrorState first) {
    return first.health() != Health.HEALTHY || budget.takeOut();
  }

  private static Optional<Future<Answer>> next(CompletionService<Answer> running, Duration patience)
      throws InterruptedException {
    return Optional.ofNullable(running.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  private static void start(
      Mirror mirror, MirrorRequest request, CompletionService<Answer> running) {
    running.submit(() -> new Answer(mirror, mirror.get(request)));
  }

  /** Waits for both, or for content; a loser says that it was outrun while the winner loads. */
  private static List<Answer> both(CompletionService<Answer> running) throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Answer next = answer(running.take());
      if (next.reply() instanceof Reply.Failed(Failure.Outrun _)) {
        continue;
      }
      answers.add(next);
      if (next.reply() instanceof Reply.Content) {
        break;
      }
    }
    return answers;
  }

  private static Answer answer(Future<Answer> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a mirror must answer with a value", e.getCause());
    }
  }
}
