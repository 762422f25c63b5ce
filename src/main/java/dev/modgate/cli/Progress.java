package dev.modgate.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a command is: a bar on standard error, where somebody watches a terminal. */
final class Progress {

  private static final int WIDTH = 72;
  private static final String ERASE = "\r" + " ".repeat(WIDTH) + "\r";

  private Progress() {}

  /** A command's work, which ticks once for each of its items. */
  interface Work<T> {
    T run(Runnable tick) throws InterruptedException;
  }

  /**
   * Runs the work and shows it, then leaves nothing behind; a process that is ended meanwhile
   * leaves the bar on a line of its own.
   */
  static <T> T of(String task, int items, Surroundings surroundings, Work<T> work)
      throws InterruptedException {
    if (!surroundings.isWatched()) {
      return work.run(() -> {});
    }
    PrintWriter err = surroundings.err();
    Thread interrupted = new Thread(() -> err.println());
    Runtime.getRuntime().addShutdownHook(interrupted);
    try (ProgressBar bar = bar(task, items, err)) {
      return work.run(bar::step);
    } finally {
      err.print(ERASE);
      err.flush();
      forget(interrupted);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already.
    }
  }

  private static ProgressBar bar(String task, int items, PrintWriter err) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(items)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(
            new DelegatingProgressBarConsumer(
                line -> {
                  err.print("\r" + line);
                  err.flush();
                },
                WIDTH))
        .build();
  }
}
