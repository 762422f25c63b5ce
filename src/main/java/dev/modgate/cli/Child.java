package dev.modgate.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command that runs in place of this process: it has its streams, gets its signals, and its exit
 * code becomes the exit code.
 */
final class Child {

  /** As a shell says it (POSIX, Shell Command Language §2.8.2). */
  static final int NOT_EXECUTABLE = 126;

  static final int NOT_FOUND = 127;

  private static final Map<String, Integer> SIGNALS = Map.of("INT", 2, "TERM", 15);

  private final List<String> command;
  private final Map<String, String> more;
  private Optional<Process> process = Optional.empty();
  private Optional<String> early = Optional.empty();

  /**
   * @param more variables, besides those of this process
   */
  Child(List<String> command, Map<String, String> more) {
    this.command = List.copyOf(command);
    this.more = Map.copyOf(more);
  }

  /**
   * Why a command can't be run.
   *
   * @param exit code, as a shell's
   * @param sentence says so
   */
  record Obstacle(int exit, String sentence) {}

  /** Looks for the command where the system will. */
  static Optional<Obstacle> obstacle(String command, String searchPath) {
    if (command.contains("/")) {
      Path file = Path.of(command);
      return Files.exists(file)
          ? unless(isProgram(file), command)
          : Optional.of(new Obstacle(NOT_FOUND, command + ": there is no such file"));
    }
    List<Path> found =
        List.of(searchPath.split(File.pathSeparator, -1)).stream()
            .map(folder -> Path.of(folder.isEmpty() ? "." : folder).resolve(command))
            .filter(Files::isRegularFile)
            .toList();
    return found.isEmpty()
        ? Optional.of(new Obstacle(NOT_FOUND, command + ": no such command in PATH"))
        : unless(found.stream().anyMatch(Child::isProgram), found.getFirst().toString());
  }

  private static Optional<Obstacle> unless(boolean good, String file) {
    return good
        ? Optional.empty()
        : Optional.of(new Obstacle(NOT_EXECUTABLE, file + ": it is not a program that may be run"));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /**
   * Runs it to its end.
   *
   * @return its exit code; 128 and the number of the signal that ended it
   * @throws IOException if it can't be started
   */
  int run() throws IOException, InterruptedException {
    Optional<Process> started = start();
    return started.isPresent()
        ? started.get().waitFor()
        : 128 + early.map(name -> SIGNALS.getOrDefault(name, 0)).orElse(0);
  }

  /** Empty if a signal came before. */
  private synchronized Optional<Process> start() throws IOException {
    if (early.isEmpty()) {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().putAll(more);
      process = Optional.of(builder.start());
    }
    return process;
  }

  /** Passes a signal on. A terminal has given its Ctrl-C to the command already. */
  synchronized void signal(String name) {
    if (process.isEmpty()) {
      early = Optional.of(name);
    } else if (process.get().isAlive() && (!name.equals("INT") || !hasTerminal())) {
      send(name, process.get());
    }
  }

  private static void send(String name, Process process) {
    try {
      int _ =
          new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid()).start().waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether this process belongs to a terminal; only then it can be opened by that name. */
  private static boolean hasTerminal() {
    try (var _ = Files.newInputStream(Path.of("/dev/tty"))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
