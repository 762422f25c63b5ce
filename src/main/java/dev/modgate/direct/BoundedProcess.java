package dev.modgate.direct;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs a command in a sandbox within bounds. Whatever happens, none of its processes is left.
 *
 * @param time until all of it is ended
 * @param output bytes on standard output
 * @param disk bytes in the sandbox; they are counted twice a second
 * @param isEnding true when runs have to end now
 */
record BoundedProcess(Duration time, int output, long disk, BooleanSupplier isEnding) {

  /** Bytes of standard error that are kept. */
  private static final int ERRORS = 64 * 1024;

  private static final long TICK_MILLIS = 100;
  private static final long TICKS_TO_COUNT = 5;

  /** How it ended. */
  sealed interface Ended {}

  /** By itself. */
  record Exited(int code, String output, String errors) implements Ended {
    boolean isSuccess() {
      return code == 0;
    }
  }

  /** Ended, because it was not done in time. */
  record OutOfTime() implements Ended {}

  /** Ended, because it printed too much. */
  record TooMuchOutput() implements Ended {}

  /** Ended, because it wrote too much. */
  record TooMuchDisk() implements Ended {}

  /** Ended, because the gate ends. */
  record Stopped() implements Ended {}

  /**
   * Runs it and waits.
   *
   * @throws IOException if it can't be started
   */
  Ended run(List<String> command, Map<String, String> environment, Sandbox sandbox)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(sandbox.folder("work").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      Capture out = new Capture(process.getInputStream(), output);
      Capture errors = new Capture(process.getErrorStream(), ERRORS);
      Ended ended = watch(process, out, start, sandbox);
      ProcessTree.end(process, sandbox.mark());
      return ended instanceof Exited(int code, var _, var _) ? exited(code, out, errors) : ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Stopped();
    } finally {
      ProcessTree.end(process, sandbox.mark());
    }
  }

  /** The output is still empty: children may hold it open until they are ended. */
  private Ended watch(Process process, Capture out, long start, Sandbox sandbox)
      throws IOException, InterruptedException {
    for (long tick = 1; !process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS); tick++) {
      if (isEnding.getAsBoolean()) {
        return new Stopped();
      }
      if (System.nanoTime() - start > time.toNanos()) {
        return new OutOfTime();
      }
      if (out.isOver()) {
        return new TooMuchOutput();
      }
      if (tick % TICKS_TO_COUNT == 0 && sandbox.size() > disk) {
        return new TooMuchDisk();
      }
    }
    return sandbox.size() > disk ? new TooMuchDisk() : new Exited(process.exitValue(), "", "");
  }

  private static Ended exited(int code, Capture out, Capture errors) throws InterruptedException {
    String text = out.text();
    return out.isOver() ? new TooMuchOutput() : new Exited(code, text, errors.text());
  }
}
