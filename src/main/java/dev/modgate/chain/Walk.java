package dev.modgate.chain;

import dev.modgate.chain.ProxyList.Separator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One way over the mirrors: what it met so far, and what it does next. For one thread. */
final class Walk<T> {

  private final Conduct conduct;
  private final MirrorRequest request;
  private final MirrorChain.Examiner<T> examiner;
  private final List<Fetched.Attempt> failures = new ArrayList<>();
  private Optional<Fetched<T>> found = Optional.empty();
  private Fetched<T> absent =
      new Fetched.Absent<>(404, "no mirror is configured for this module", "none");
  private boolean stopped;

  private Optional<Payload.Partial> begun = Optional.empty();
  private final Set<String> deliverers = new HashSet<>();
  private final Set<String> continued = new HashSet<>();

  Walk(Conduct conduct, MirrorRequest request, MirrorChain.Examiner<T> examiner) {
    this.conduct = conduct;
    this.request = request;
    this.examiner = examiner;
  }

  /** Nothing is asked from here on. */
  void off() {
    absent = new Fetched.Absent<>(404, "module lookup disabled by goproxy: off", "off");
    stopped = true;
  }

  boolean isOver() {
    return stopped || found.isPresent();
  }

  /** Asks each of these mirrors until one delivers what the examiner accepts. */
  void ask(List<Mirror> run, Separator behind) {
    Deque<Mirror> left = new ArrayDeque<>(run);
    boolean lastFailed = false;
    while (!left.isEmpty() && found.isEmpty()) {
      Mirror mirror = left.remove();
      Optional<String> conviction = conduct.conviction(mirror.name(), request.path());
      if (conviction.isPresent()) {
        fail(mirror, new Failure.Refuted(conviction.get()));
        lastFailed = false;
      } else if (request.deadline().hasPassed()) {
        fail(mirror, new Failure.TimedOut(Failure.TimedOut.Phase.TOTAL));
        stopped = true;
        break;
      } else {
        lastFailed = ask(mirror, left);
      }
    }
    stopped |= lastFailed && behind == Separator.COMMA;
  }

  /** True if the last answer was a failure that ends the walk behind a comma. */
  private boolean ask(Mirror mirror, Deque<Mirror> left) {
    Optional<Mirror> rival = begun.isPresent() ? Optional.empty() : rival(left);
    MirrorRequest asked = begun.map(request::after).orElse(request);
    List<Hedge.Answer> answers = conduct.hedge().ask(mirror, rival, asked);
    if (answers.stream().noneMatch(answer -> answer.mirror().equals(mirror))) {
      fail(mirror, new Failure.Outrun());
      left.addFirst(mirror);
    }
    boolean failed = false;
    for (Hedge.Answer answer : answers) {
      left.remove(answer.mirror());
      failed = take(answer, left);
    }
    return failed;
  }

  /** The next mirror, if it may help out a slow one. */
  private Optional<Mirror> rival(Deque<Mirror> left) {
    return Optional.ofNullable(left.peek())
        .filter(next -> conduct.isHealthy(next.name()))
        .filter(next -> conduct.conviction(next.name(), request.path()).isEmpty());
  }

  private boolean take(Hedge.Answer answer, Deque<Mirror> left) {
    Mirror mirror = answer.mirror();
    return switch (answer.reply()) {
      case Reply.Content(Payload payload, var _) -> {
        examine(mirror, payload, left);
        yield false;
      }
      case Reply.NotThere(int status, String text) -> {
        absent = new Fetched.Absent<>(status, text, mirror.name());
        yield false;
      }
      case Reply.Cut(Failure failure, Payload.Partial partial) -> {
        fail(mirror, failure);
        keep(mirror, partial, left);
        yield true;
      }
      case Reply.Failed(Failure failure) -> {
        fail(mirror, failure);
        if (failure instanceof Failure.TooLarge || failure instanceof Failure.LocalDisk) {
          begun = Optional.empty();
        }
        yield true;
      }
    };
  }

  /** The rest is asked for at the same mirror, once, and then at the next. */
  private void keep(Mirror mirror, Payload.Partial partial, Deque<Mirror> left) {
    begun.filter(old -> !old.file().equals(partial.file())).ifPresent(Payload.Partial::discard);
    begun = Optional.of(partial);
    deliverers.add(mirror.name());
    if (continued.add(mirror.name())) {
      left.addFirst(mirror);
    }
  }

  private void examine(Mirror mirror, Payload payload, Deque<Mirror> left) {
    boolean pieced = isContinued(payload) && !deliverers.equals(Set.of(mirror.name()));
    if (!isContinued(payload)) {
      begun.ifPresent(Payload.Partial::discard);
    }
    begun = Optional.empty();
    deliverers.clear();
    switch (examiner.examine(payload, mirror.name(), !pieced)) {
      case MirrorChain.Accepted<T>(T value) ->
          found = Optional.of(new Fetched.Found<>(value, mirror.name(), List.copyOf(failures)));
      case MirrorChain.Refuted<T>(String reason) -> {
        if (pieced) {
          fail(mirror, new Failure.Broken("delivered a rest that does not fit the beginning"));
          left.addFirst(mirror);
        } else {
          fail(mirror, new Failure.Refuted(reason));
          conduct.convict(mirror.name(), request.path(), reason);
        }
      }
    }
  }

  private boolean isContinued(Payload payload) {
    return payload instanceof Payload.Spooled spooled
        && begun.filter(beginning -> beginning.file().equals(spooled.file())).isPresent();
  }

  private void fail(Mirror mirror, Failure failure) {
    failures.add(new Fetched.Attempt(mirror.name(), failure));
  }

  /** Ends the walk; what was begun and is not needed is deleted. */
  Fetched<T> result() {
    begun.ifPresent(Payload.Partial::discard);
    return found.orElseGet(
        () -> failures.isEmpty() ? absent : new Fetched.Failed<>(List.copyOf(failures)));
  }
}
