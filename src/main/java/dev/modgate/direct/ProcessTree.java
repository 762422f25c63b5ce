package dev.modgate.direct;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ends a process and all that it started. Children are found by their parents, and where there is a
 * {@code /proc} also by the mark in their environment: so one that has outlived its parent is found
 * too.
 */
final class ProcessTree {

  /** A process may start another while it is being ended; that many times it is looked again. */
  private static final int ROUNDS = 100;

  private static final long PAUSE_MILLIS = 10;

  private ProcessTree() {}

  /** Returns when none is left, or after a second. An interrupt waits until then. */
  static void end(Process process, String mark) {
    boolean interrupted = Thread.interrupted();
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> living = living(process, mark);
      if (living.isEmpty()) {
        break;
      }
      living.forEach(ProcessHandle::destroyForcibly);
      interrupted |= isInterruptedInPause();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<ProcessHandle> living(Process process, String mark) {
    return Stream.of(
            Stream.of(process.toHandle()),
            process.descendants(),
            ProcessHandle.allProcesses().filter(each -> isMarked(each, mark)))
        .flatMap(each -> each)
        .filter(ProcessHandle::isAlive)
        .distinct()
        .toList();
  }

  private static boolean isMarked(ProcessHandle process, String mark) {
    Path file = Path.of("/proc", String.valueOf(process.pid()), "environ");
    try {
      String variables = "\0" + new String(Files.readAllBytes(file), ISO_8859_1);
      return variables.contains("\0" + SandboxEnvironment.MARK + "=" + mark + "\0");
    } catch (IOException e) {
      // It is gone, or it is another user's, or there is no /proc.
      return false;
    }
  }

  private static boolean isInterruptedInPause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
