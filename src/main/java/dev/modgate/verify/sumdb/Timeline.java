package dev.modgate.verify.sumdb;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.tlog.LogRecord;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest accepted head of the database, which only moves forward: a signed head is accepted if
 * its tree begins with the tree of the newest one, and it is stored before anything relies on it.
 * Tiles are read without a lock; only the step forward itself is taken by one thread at a time.
 *
 * <p>Source: golang.org/x/mod/sumdb, Client.mergeLatest.
 */
final class Timeline {

  /** How often the head may change underneath one comparison before it is given up. */
  private static final int MAX_ATTEMPTS = 1_000;

  /** What a signed head, and a record with it, turned out to be. */
  sealed interface Judgement {

    /** The head is on the timeline, and the record is in the newest tree. */
    record Accepted() implements Judgement {}

    /** Something of it can't be authenticated. */
    record Refuted(String reason) implements Judgement {}

    /** It can't be said now. */
    record Unavailable(String reason) implements Judgement {}

    /** The database contradicts itself. */
    record Forked(Fork fork) implements Judgement {}
  }

  /**
   * The newest head.
   *
   * @param stored what the store holds, which is the head's note unless the store was tampered with
   * @param step counts up with every change
   */
  private record Known(SignedHead newest, Optional<byte[]> stored, long step) {}

  private final HeadNotes notes;
  private final LogStore store;
  private final TileSupply tiles;
  private final LogEvents events;
  private final ForkAlarm alarm;
  private final Comparison comparison;
  private final UndecidedHeads undecided = new UndecidedHeads();
  private final ReentrantLock step = new ReentrantLock();

  /** Empty before the store is read; written under the lock. */
  private volatile Optional<Known> known = Optional.empty();

  Timeline(String database, HeadNotes notes, LogStore store, TileSupply tiles, LogEvents events) {
    this.notes = notes;
    this.store = store;
    this.tiles = tiles;
    this.events = events;
    this.alarm = new ForkAlarm(store, events);
    this.comparison = new Comparison(database, tiles);
  }

  /** The newest accepted head, of size 0 at first; refused if the database contradicts itself. */
  Sought<SignedHead> newest() {
    try {
      Optional<Fork> fork = alarm.fork();
      return fork.isPresent() ? Sought.forked(fork.get()) : new Sought.Got<>(known().newest());
    } catch (IOException e) {
      events.storeFailed("the tree head could not be read", e);
      return new Sought.Unavailable<>("the tree head could not be read");
    }
  }

  /** Whether the record is in the newest tree. */
  Judgement judge(LogRecord record, LogSource source) {
    return judge(SignedHead.NONE, Optional.of(record), source);
  }

  /**
   * Whether the signed head is on the timeline, which moves forward to it if it is newer, and
   * whether the record is then in the newest tree.
   *
   * @param source where to read tiles that are not held
   */
  Judgement judge(SignedHead signed, Optional<LogRecord> record, LogSource source) {
    try {
      if (!signed.note().isEmpty()) {
        alarm.readAgain();
      }
      Map<Tile, byte[]> earlier = new HashMap<>();
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        Optional<Fork> fork = alarm.fork();
        if (fork.isPresent()) {
          return new Judgement.Forked(fork.get());
        }
        Optional<Judgement> end = attempt(known(), signed, record, source, earlier);
        if (end.isPresent()) {
          return end.get();
        }
      }
      return new Judgement.Unavailable("the tree head does not stop changing");
    } catch (IOException e) {
      events.storeFailed("the tree head could not be read or stored", e);
      return new Judgement.Unavailable("the tree head could not be read or stored");
    }
  }

  /** Empty if the newest head has changed meanwhile. */
  private Optional<Judgement> attempt(
      Known now,
      SignedHead signed,
      Optional<LogRecord> record,
      LogSource source,
      Map<Tile, byte[]> earlier)
      throws IOException {
    boolean newer = signed.head().size() > now.newest().head().size();
    Comparison.Result result =
        newer
            ? comparison.extension(now.newest(), signed, record, source, earlier)
            : comparison.containment(now.newest(), signed, record, source);
    return switch (result) {
      case Comparison.Result.Contradiction(Fork fork) ->
          Optional.of(new Judgement.Forked(alarm.raise(fork)));
      case Comparison.Result.Inconsistent(String reason) -> {
        undecided.add(signed, source);
        yield Optional.of(new Judgement.Refuted(reason));
      }
      case Comparison.Result.Unavailable(String reason) -> {
        undecided.add(signed, source);
        yield Optional.of(new Judgement.Unavailable(reason));
      }
      case Comparison.Result.Consistent(var fault, var reading) ->
          newer && !advance(now, signed, reading)
              ? adopt(now, source)
              : Optional.of(accepted(signed, fault, source));
    };
  }

  /** The head is on the timeline; what is left is the record, and heads that were undecided. */
  private Judgement accepted(SignedHead signed, Optional<String> recordFault, LogSource source)
      throws IOException {
    undecided.remove(signed);
    Optional<Fork> fork = decide(source);
    if (fork.isPresent()) {
      return new Judgement.Forked(fork.get());
    }
    return recordFault.isPresent()
        ? new Judgement.Refuted(recordFault.get())
        : new Judgement.Accepted();
  }

  /** Compares heads that other sources had no tiles for. */
  private Optional<Fork> decide(LogSource source) throws IOException {
    SignedHead newest = known().newest();
    for (UndecidedHeads.Undecided open : undecided.toTry(newest.head().size(), source)) {
      switch (comparison.containment(newest, open.head(), Optional.empty(), source)) {
        case Comparison.Result.Contradiction(Fork fork) -> {
          return Optional.of(alarm.raise(fork.from(open.source())));
        }
        case Comparison.Result.Consistent consistent -> undecided.remove(open.head());
        case Comparison.Result.Inconsistent inconsistent -> {}
        case Comparison.Result.Unavailable unavailable -> {}
      }
    }
    return Optional.empty();
  }

  /** Stores the head and makes it the newest; false if the newest, or the stored, is another. */
  private boolean advance(Known now, SignedHead to, Optional<TileSupply.Reading> reading)
      throws IOException {
    step.lock();
    try {
      byte[] note = to.noteBytes();
      if (!isNow(now) || !store.replaceHead(now.stored(), note)) {
        return false;
      }
      known = Optional.of(new Known(to, Optional.of(note), now.step() + 1));
      events.headAdvanced(now.newest().head(), to.head());
    } finally {
      step.unlock();
    }
    reading.ifPresent(tiles::keep);
    return true;
  }

  /**
   * If the newest head is the same, somebody else has changed the stored one: it must be on the
   * timeline as well. Empty if the comparison is to be made again.
   */
  private Optional<Judgement> adopt(Known now, LogSource source) throws IOException {
    if (!isNow(now)) {
      return Optional.empty();
    }
    alarm.readAgain();
    Optional<byte[]> stored = store.head();
    return switch (signed(stored)) {
      case Parsed.Invalid<SignedHead>(String reason) -> {
        events.trustReset("the stored tree head was replaced, and is put back: " + reason);
        replace(now, now.newest(), stored);
        yield Optional.empty();
      }
      case Parsed.Valid<SignedHead>(SignedHead other) -> adopt(now, other, stored, source);
    };
  }

  private Optional<Judgement> adopt(
      Known now, SignedHead other, Optional<byte[]> stored, LogSource source) {
    boolean newer = other.head().size() > now.newest().head().size();
    Comparison.Result result =
        newer
            ? comparison.extension(now.newest(), other, Optional.empty(), source, new HashMap<>())
            : comparison.containment(now.newest(), other, Optional.empty(), source);
    return switch (result) {
      case Comparison.Result.Contradiction(Fork fork) ->
          Optional.of(new Judgement.Forked(alarm.raise(fork)));
      case Comparison.Result.Inconsistent(String reason) ->
          Optional.of(new Judgement.Unavailable("the stored tree head can't be proven: " + reason));
      case Comparison.Result.Unavailable(String reason) ->
          Optional.of(new Judgement.Unavailable("the stored tree head can't be proven: " + reason));
      case Comparison.Result.Consistent(var fault, var reading) -> {
        replace(now, newer ? other : now.newest(), stored);
        reading.ifPresent(tiles::keep);
        yield Optional.empty();
      }
    };
  }

  private void replace(Known now, SignedHead newest, Optional<byte[]> stored) {
    step.lock();
    try {
      if (isNow(now)) {
        known = Optional.of(new Known(newest, stored, now.step() + 1));
        if (!newest.head().equals(now.newest().head())) {
          events.headAdvanced(now.newest().head(), newest.head());
        }
      }
    } finally {
      step.unlock();
    }
  }

  private boolean isNow(Known now) {
    return known.filter(current -> current.step() == now.step()).isPresent();
  }

  private Known known() throws IOException {
    Optional<Known> current = known;
    return current.isPresent() ? current.get() : load();
  }

  private Known load() throws IOException {
    step.lock();
    try {
      Optional<Known> current = known;
      if (current.isPresent()) {
        return current.get();
      }
      Known loaded = load(store.head());
      known = Optional.of(loaded);
      return loaded;
    } finally {
      step.unlock();
    }
  }

  private Known load(Optional<byte[]> stored) throws IOException {
    return switch (signed(stored)) {
      case Parsed.Valid<SignedHead>(SignedHead head) -> new Known(head, stored, 0);
      case Parsed.Invalid<SignedHead>(String reason) -> {
        if (stored.isPresent() || store.holdsLookupsOrTiles()) {
          events.trustReset("the stored tree head is lost: " + reason);
        }
        yield new Known(SignedHead.NONE, stored, 0);
      }
    };
  }

  private Parsed<SignedHead> signed(Optional<byte[]> stored) {
    return stored.isEmpty() ? Parsed.invalid("there is none") : notes.open(stored.get());
  }
}
