package dev.modgate.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it.
 *
 * @param environment all variables
 * @param home what {@code ~} stands for
 * @param isWatched whether somebody sees what is printed while it is printed
 */
record Surroundings(
    Map<String, String> environment,
    Path home,
    PrintWriter out,
    PrintWriter err,
    boolean isWatched) {

  Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of(System.getProperty("user.home", "")),
        new PrintWriter(System.out, true, System.out.charset()),
        new PrintWriter(System.err, true, System.err.charset()),
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
  }

  /** Tells nothing of the environment: it may hold secrets. */
  @Override
  public String toString() {
    return "Surroundings[home=" + home + "]";
  }
}
