package dev.modgate.verify.zip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of this process that help to read large zips: one less than there are processors, and
 * no more than {@value #LIMIT}. They are daemons, end after {@value #IDLE_SECONDS} idle seconds,
 * and belong to this class alone. Nobody waits for one: who finds none idle works alone.
 *
 * <p>Platform threads, because the work never blocks: virtual threads would keep the ones that
 * serve requests from their carriers.
 */
final class Helpers {
  private static final int LIMIT = 7;
  private static final int IDLE_SECONDS = 10;
  private static final int MOST = Math.min(LIMIT, Runtime.getRuntime().availableProcessors() - 1);

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          Math.max(MOST, 1),
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform()
              .daemon()
              .name("modgate-zip-", 0)
              .inheritInheritableThreadLocals(false)
              .factory());

  private Helpers() {}

  /** Work that takes parts until none is left. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /**
   * Does the work on this thread, and at the same time on idle helpers. Returns or throws when all
   * of them have ended.
   *
   * @param parts how many threads can have something to do
   */
  static void share(int parts, Work work) throws IOException {
    List<CompletableFuture<Optional<IOException>>> helping = start(Math.min(parts - 1, MOST), work);
    try {
      work.run();
    } finally {
      CompletableFuture.allOf(helping.toArray(CompletableFuture<?>[]::new))
          .exceptionally(failure -> null)
          .join();
    }
    for (CompletableFuture<Optional<IOException>> helper : helping) {
      Optional<IOException> failure = join(helper);
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  /**
   * Has an idle helper do something on its own. Never waits.
   *
   * @return false if none is idle; then nothing is done
   */
  static boolean offer(Runnable work) {
    if (MOST < 1) {
      return false;
    }
    try {
      THREADS.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static List<CompletableFuture<Optional<IOException>>> start(int most, Work work) {
    List<CompletableFuture<Optional<IOException>>> helping = new ArrayList<>();
    try {
      while (helping.size() < most) {
        helping.add(CompletableFuture.supplyAsync(() -> failureOf(work), THREADS));
      }
    } catch (RejectedExecutionException e) {
      // All helpers are busy elsewhere.
    }
    return helping;
  }

  private static Optional<IOException> failureOf(Work work) {
    try {
      work.run();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static Optional<IOException> join(CompletableFuture<Optional<IOException>> helper) {
    try {
      return helper.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("a helper failed", e.getCause());
    }
  }
}
