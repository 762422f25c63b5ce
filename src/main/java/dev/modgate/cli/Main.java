package dev.modgate.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code modgate}; what it does, its subcommands do. */
@Command(
    name = "modgate",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "A Go module proxy that proves every module before it serves it.")
public final class Main {

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    Surroundings surroundings = Surroundings.ofProcess();
    System.exit(run(commandLine(surroundings), surroundings, args));
  }

  /** Every subcommand is added here. */
  static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new Main())
        .addSubcommand(new ServeCommand(surroundings))
        .addSubcommand(new CommandLine(new ExecCommand(surroundings)).setStopAtPositional(true))
        .addSubcommand(new VerifyCommand(surroundings))
        .addSubcommand(new ProbeCommand(surroundings))
        .addSubcommand(new CheckConfigCommand(surroundings))
        .addSubcommand(new ConfigCommand(surroundings));
  }

  static int run(CommandLine commandLine, Surroundings surroundings, String... args) {
    Failure failure = new Failure(surroundings);
    try {
      return commandLine
          .setOut(surroundings.out())
          .setErr(surroundings.err())
          .setExecutionExceptionHandler(failure)
          .execute(args);
    } catch (RuntimeException | Error unexpected) {
      return failure.report(unexpected);
    }
  }

  /** The version of the jar; classes that stand alone have none. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"modgate " + current()};
    }

    static String current() {
      return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
          .orElse("(not built as a jar)");
    }
  }
}
