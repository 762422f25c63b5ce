package dev.modgate.direct;

import dev.modgate.chain.Deadline;
import dev.modgate.chain.Failure;
import dev.modgate.chain.Reply;
import dev.modgate.chain.Spool;
import dev.modgate.verify.module.ModulePath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Runs the go command, each time in a sandbox of its own, and never too many at once. */
final class GoRunner implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("modgate.direct");

  /** Bytes on standard output: the versions of a module, one a line, are the most there can be. */
  private static final int OUTPUT = 4 << 20;

  /** Bytes in a sandbox: a repository with its history, a zip of 500 MiB, and what is in it. */
  private static final long DISK = 4L << 30;

  /** For a place among those that run. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration TO_END = Duration.ofSeconds(5);

  private final DirectSettings settings;
  private final Spool spool;
  private final Duration patience;
  private final Semaphore places;
  private volatile boolean isEnding;

  GoRunner(DirectSettings settings, Spool spool) {
    this(settings, spool, PATIENCE);
  }

  /**
   * @param patience how long a place is waited for
   */
  GoRunner(DirectSettings settings, Spool spool, Duration patience) {
    this.settings = settings;
    this.spool = spool;
    this.patience = patience;
    this.places = new Semaphore(settings.concurrency(), true);
  }

  /** What a run came to. */
  sealed interface Outcome<T> {}

  /** It brought something. */
  record Brought<T>(T value) implements Outcome<T> {}

  /** It did not, and this is why: a failure, or "not there". */
  record Nothing<T>(Reply reply) implements Outcome<T> {}

  /**
   * Takes what a run leaves in its sandbox, before that is gone. The exit code is for the reader to
   * look at.
   */
  interface Reading<T> {
    Outcome<T> read(BoundedProcess.Exited exited, Sandbox sandbox, Failed<T> failed)
        throws IOException;
  }

  /** Says what the words of a failed run mean. */
  interface Failed<T> {
    Outcome<T> with(String words);
  }

  /**
   * Runs {@code go} for one module.
   *
   * @param arguments none of them is made of what a client wrote, except behind {@code --}
   * @param deadline after which nobody waits for it
   */
  <T> Outcome<T> run(
      ModulePath module, List<String> arguments, Deadline deadline, Reading<T> reading) {
    Optional<Path> go = settings.goCommand();
    Grants grants = Grants.of(settings.credentials(), module);
    if (go.isEmpty()) {
      return nothing("no go command was found: install Go or set direct.go");
    }
    if (!grants.areReadable()) {
      return nothing("a file that direct.credentials names can't be read");
    }
    try {
      return hasPlace(deadline)
          ? inPlace(go.get(), arguments, grants, deadline, reading)
          : failed(new Failure.Busy());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return nothing("the gate ends");
    }
  }

  private boolean hasPlace(Deadline deadline) throws InterruptedException {
    return places.tryAcquire(sooner(patience, deadline.left()).toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Duration sooner(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private <T> Outcome<T> inPlace(
      Path go, List<String> arguments, Grants grants, Deadline deadline, Reading<T> reading) {
    try (Sandbox sandbox = Sandbox.at(spool.next())) {
      List<String> command = new ArrayList<>(List.of(go.toString()));
      command.addAll(arguments);
      String path = Programs.in(settings.searchPath()).pathFor(go);
      Map<String, String> environment = SandboxEnvironment.in(sandbox, path, settings, grants);
      BoundedProcess process =
          new BoundedProcess(
              sooner(settings.timeout(), deadline.left()), OUTPUT, DISK, () -> isEnding);
      return switch (process.run(command, environment, sandbox)) {
        case BoundedProcess.Exited exited ->
            reading.read(exited, sandbox, words -> explained(words, exited, sandbox, grants));
        case BoundedProcess.OutOfTime() ->
            failed(new Failure.TimedOut(Failure.TimedOut.Phase.TOTAL));
        case BoundedProcess.TooMuchOutput() -> failed(new Failure.TooLarge(OUTPUT));
        case BoundedProcess.TooMuchDisk() -> failed(new Failure.TooLarge(DISK));
        case BoundedProcess.Stopped() -> nothing("the gate ends");
      };
    } catch (IOException e) {
      LOG.log(Level.WARNING, "direct: a sandbox could not be used", e);
      return failed(new Failure.LocalDisk());
    } finally {
      places.release();
    }
  }

  private static <T> Outcome<T> explained(
      String words, BoundedProcess.Exited exited, Sandbox sandbox, Grants grants) {
    String placeless = sandbox.withoutPlace(words);
    Reply reply = GoWords.meaning(placeless, exited.code(), !grants.isEmpty());
    LOG.log(
        reply instanceof Reply.Failed ? Level.WARNING : Level.DEBUG,
        () -> "direct: go ended with " + exited.code() + ": " + GoWords.printable(placeless));
    return new Nothing<>(reply);
  }

  private static <T> Outcome<T> nothing(String how) {
    return new Nothing<>(GoWords.failed(how));
  }

  private static <T> Outcome<T> failed(Failure failure) {
    return new Nothing<>(new Reply.Failed(failure));
  }

  /** Ends what runs, and waits until it has ended, five seconds at most. */
  @Override
  public void close() {
    isEnding = true;
    try {
      boolean _ = places.tryAcquire(settings.concurrency(), TO_END.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
