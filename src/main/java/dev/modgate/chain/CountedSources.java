package dev.modgate.chain;

import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.sumdb.LogSources;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the books of how a checksum database is reached. What a breaker or a gate keeps back counts
 * as failed: it is not reached. "Not there" is an answer. Thread-safe.
 */
public final class CountedSources implements LogSources {

  private final LogSources next;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong inARow = new AtomicLong();

  public CountedSources(LogSources next) {
    this.next = next;
  }

  /** Requests that a source answered. */
  public long answered() {
    return answered.get();
  }

  /** Requests that were not answered. */
  public long failed() {
    return failed.get();
  }

  /** Requests that failed since a source last answered one. */
  public long failedInARow() {
    return inARow.get();
  }

  @Override
  public List<LogSource> inOrder() {
    return next.inOrder().stream().<LogSource>map(Counted::new).toList();
  }

  private final class Counted implements LogSource {

    private final LogSource source;

    Counted(LogSource source) {
      this.source = source;
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public Answer get(String path) {
      Answer answer = source.get(path);
      switch (answer) {
        case Answer.Body _, Answer.Missing _ -> {
          answered.incrementAndGet();
          inARow.set(0);
        }
        case Answer.Failed _ -> {
          failed.incrementAndGet();
          inARow.incrementAndGet();
        }
      }
      return answer;
    }
  }
}
