package dev.modgate.cli;

import dev.modgate.config.Problem;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** How a command ends whose configuration is refused. */
final class Refusal {

  private Refusal() {}

  /** Prints each problem on a line of its own. */
  static int of(List<Problem> problems, Surroundings surroundings) {
    problems.forEach(problem -> surroundings.err().println(Printable.of(problem.toString())));
    return ExitCode.USAGE;
  }
}
