package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * strace, attached to a running process: shows its system calls on some paths, and makes one fail.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/strace.1.html">strace(1)</a>, "Tampering"
 */
final class Strace {

  private final Process process;
  private final BufferedReader errors;
  private final Path log;

  private Strace(Process process, BufferedReader errors, Path log) {
    this.process = process;
    this.errors = errors;
    this.log = log;
  }

  /** Why it can't be used here, if it can't. */
  static Optional<String> absence(Path scratch) throws InterruptedException {
    try {
      Process sleeper = new ProcessBuilder("sleep", "60").start();
      try {
        attach(sleeper.pid(), scratch.resolve("strace.try"), List.of(Path.of("/")), "trace=openat")
            .detach();
        return Optional.empty();
      } finally {
        sleeper.destroy();
      }
    } catch (IOException | IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns once every thread of the process is traced.
   *
   * @param paths whose calls are meant, by name or by an open file
   * @param expressions of {@code -e}
   */
  static Strace attach(long pid, Path log, Collection<Path> paths, String... expressions)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("strace", "-f", "-y", "-o", log.toString()));
    for (String expression : expressions) {
      command.addAll(List.of("-e", expression));
    }
    paths.forEach(path -> command.addAll(List.of("-P", path.toString())));
    command.addAll(List.of("-p", Long.toString(pid)));
    Process process = new ProcessBuilder(command).start();
    BufferedReader errors = process.errorReader(UTF_8);
    List<String> said = new ArrayList<>();
    while (said.isEmpty() || !said.getLast().contains(" attached")) {
      said.add(
          Optional.ofNullable(errors.readLine())
              .orElseThrow(() -> new IllegalStateException(String.join("\n", said))));
    }
    return new Strace(process, errors, log);
  }

  /** Lets the process go on untraced. Returns what was seen. */
  List<String> detach() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    errors.lines().forEach(line -> {});
    process.waitFor();
    return Files.readAllLines(log);
  }
}
