package dev.modgate.verify.sumdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks sources one after the other until one has what can be proven. A source that lies is left for
 * the next like one that fails. It is missing only if every source says so.
 */
final class Round {

  /** Stands in for a source where none is configured, or to be asked: what is held has to do. */
  static final LogSource NO_SOURCE =
      LogSource.of(
          "no source",
          _ -> new LogSource.Answer.Failed("no source of the checksum database can be asked"));

  /** The most characters of the reasons that are put together. */
  private static final int MAX_REASON = 400;

  private final LogSources sources;
  private final LogEvents events;

  Round(LogSources sources, LogEvents events) {
    this.sources = sources;
    this.events = events;
  }

  /** The first proven answer, a fork, or what all the failures come to. */
  <T> Sought<T> ask(Function<LogSource, Sought<T>> attempt) {
    List<LogSource> order = sources.inOrder();
    Failures<T> failures = new Failures<>();
    for (LogSource source : order.isEmpty() ? List.of(NO_SOURCE) : order) {
      Optional<Sought<T>> end = failures.add(source, attempt.apply(source));
      if (end.isPresent()) {
        return end.get();
      }
    }
    return failures.sum();
  }

  private final class Failures<T> {

    private final List<Sought.Missing<T>> missing = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> refuted = new ArrayList<>();

    /** Keeps a failure; anything else is the end of the round. */
    Optional<Sought<T>> add(LogSource source, Sought<T> sought) {
      switch (sought) {
        case Sought.Got<T> got -> {
          return Optional.of(got);
        }
        case Sought.Missing<T> absent -> missing.add(absent);
        case Sought.Unavailable<T>(String reason) -> failed.add(source.name() + ": " + reason);
        case Sought.Refused<T>(String reason, Optional<Fork> fork) -> {
          if (fork.isPresent()) {
            return Optional.of(sought);
          }
          refuted.add(source.name() + ": " + reason);
          events.sourceRefuted(source.name(), reason);
        }
      }
      return Optional.empty();
    }

    /** A source that failed might have had the proof, so nothing is decided while one did. */
    Sought<T> sum() {
      if (!failed.isEmpty()) {
        List<String> reasons = new ArrayList<>(failed);
        reasons.addAll(refuted);
        return new Sought.Unavailable<>(joined(reasons));
      }
      return refuted.isEmpty() ? missing.getLast() : Sought.refuted(joined(refuted));
    }

    private static String joined(List<String> reasons) {
      String all = String.join("; ", reasons);
      return all.length() <= MAX_REASON ? all : all.substring(0, MAX_REASON) + "…";
    }
  }
}
