package dev.modgate.verify.zip;

import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Reads a zip ahead while it comes in, so that little is left to read once it is whole. It decides
 * nothing: {@link ModuleZip} reads the whole zip as if nothing had been read before, and takes only
 * the measures of an entry's data from here, where they were taken from the same place on and in
 * the same lengths, and the records of the directory, if they were read from where it begins.
 *
 * <p>Who receives the file never waits: idle processors read, as much as is there, and then look
 * after something else. What it needs is bounded by the entries that have come in, at most {@value
 * EndRecord#MAX_ENTRIES}, and a {@link Workspace}; {@value Forerunner#PLACES} zips at once are read
 * ahead, any more are read when they are whole. It unpacks at most 500 MiB.
 */
public final class ReadAhead implements AutoCloseable {

  /** In bytes: a helper is not woken for less. */
  private static final long WORTH_WAKING = 64 << 10;

  /** Makes who reads. */
  private interface Opening {
    Optional<Forerunner> open(Findings findings) throws IOException;
  }

  private static final ReadAhead NONE =
      new ReadAhead(_ -> Optional.empty(), WORTH_WAKING, _ -> false, new Findings());

  private final Opening opening;
  private final long worthWaking;
  private final Predicate<Runnable> helpers;

  /** Held by who reads. */
  private final Semaphore turn = new Semaphore(1);

  private final AtomicBoolean offered = new AtomicBoolean();
  private volatile long available;
  private volatile long lastOffered;
  private volatile boolean ended;

  /** Written by who has the turn, until it has ended. */
  private final Findings findings;

  /** Empty before it has begun, and after it is over. */
  private volatile Optional<Forerunner> reader = Optional.empty();

  /**
   * Nothing is read before the file {@link #grown grows}.
   *
   * @param zip may be absent yet
   * @param version that it claims to be
   */
  public ReadAhead(Path zip, ModuleVersion version) {
    this(zip, version, WORTH_WAKING, Helpers::offer, new Findings());
  }

  /**
   * The same.
   *
   * @param worthWaking bytes that have to come before a helper is woken, at least 1
   * @param helpers have something done; false if none of them is idle
   * @param findings takes what is found
   */
  ReadAhead(
      Path zip,
      ModuleVersion version,
      long worthWaking,
      Predicate<Runnable> helpers,
      Findings findings) {
    this(found -> Forerunner.open(zip, version, found), worthWaking, helpers, findings);
  }

  private ReadAhead(
      Opening opening, long worthWaking, Predicate<Runnable> helpers, Findings findings) {
    this.opening = opening;
    this.worthWaking = worthWaking;
    this.helpers = helpers;
    this.findings = findings;
  }

  /** {@return what knows nothing, of any file} */
  public static ReadAhead none() {
    return NONE;
  }

  /**
   * Says how much of the file has come in. Returns at once. For one thread at a time.
   *
   * @param size bytes from the first one on that are there and will never change
   */
  public void grown(long size) {
    available = size;
    if (size - lastOffered >= worthWaking && !ended && offered.compareAndSet(false, true)) {
      lastOffered = size;
      if (!helpers.test(this::run)) {
        offered.set(false);
      }
    }
  }

  /** On a helper's thread. One that comes too late finds the turn taken, or the end. */
  private void run() {
    try {
      if (turn.tryAcquire()) {
        try {
          read(available);
        } finally {
          turn.release();
        }
      }
    } finally {
      offered.set(false);
    }
  }

  private void read(long size) {
    boolean goesOn = false;
    try {
      goesOn = ended || follow(size);
    } catch (IOException e) {
      // The reading that decides meets it too, if it is there still.
    } finally {
      if (!goesOn) {
        ended = true;
        take().ifPresent(Forerunner::close);
      }
    }
  }

  /** False once there is nothing more to read. */
  private boolean follow(long size) throws IOException {
    Optional<Forerunner> begun = take();
    Optional<Forerunner> own = begun.isPresent() ? begun : opening.open(findings);
    put(own);
    while (!ended && own.isPresent() && own.get().step(size)) {}
    return own.isEmpty() || !own.get().isOver();
  }

  /** No more of the file is read ahead, once this returns. It waits for a step at most. */
  void end() {
    ended = true;
    turn.acquireUninterruptibly();
    turn.release();
  }

  /**
   * What is known of an entry's data; to be called once it has {@link #end ended}. Safe for many
   * threads.
   *
   * @param place where the data begins; the file is whole, and long enough for it
   * @return empty if it is to be read
   */
  Optional<Measured> measured(long place, Entry entry) throws IOException {
    Optional<Measured> known = findings.at(place);
    if (known.isPresent()) {
      return known.filter(found -> found.fits(entry));
    }
    Optional<Forerunner> within = reader.isEmpty() ? Optional.empty() : takeWithin(place);
    if (within.isEmpty()) {
      return Optional.empty();
    }
    try (Forerunner own = within.get()) {
      return own.finish(entry);
    }
  }

  /**
   * The records of the directory that are read already; to be called once it has {@link #end
   * ended}. They belong to the caller.
   *
   * @param end that the file has
   * @param version that the directory has to be of
   * @return empty if they are to be read
   */
  synchronized Optional<Directory> directory(EndRecord end, ModuleVersion version) {
    return findings.take(end, version);
  }

  private synchronized Optional<Forerunner> takeWithin(long place) {
    return reader.filter(it -> it.isWithin(place)).isPresent() ? take() : Optional.empty();
  }

  /** Who takes it out closes it, or puts it back. */
  private synchronized Optional<Forerunner> take() {
    Optional<Forerunner> taken = reader;
    reader = Optional.empty();
    return taken;
  }

  private synchronized void put(Optional<Forerunner> back) {
    reader = back;
  }

  /** Ends it, and frees what it needs. The file may go. */
  @Override
  public void close() {
    end();
    take().ifPresent(Forerunner::close);
  }
}
