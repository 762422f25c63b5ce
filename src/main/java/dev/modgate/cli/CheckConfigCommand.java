package dev.modgate.cli;

import dev.modgate.config.Configuration;
import dev.modgate.config.ConfigurationLoader;
import dev.modgate.config.LoadRequest;
import dev.modgate.config.LoadResult;
import dev.modgate.config.Problem;
import dev.modgate.gateway.Origins;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** Would modgate start here with this file? */
@Command(
    name = "check-config",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Checks a configuration, together with the MODGATE_ variables that are set.",
      "Exits with 0, or with 2 after naming every key, its line and the fix; what may be right on",
      "another machine is a warning."
    })
final class CheckConfigCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE", description = "The configuration.")
  private Path file = Path.of("");

  CheckConfigCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    LoadRequest request =
        new LoadRequest(
            Optional.of(file), surroundings.environment(), Map.of(), surroundings.home());
    return switch (ConfigurationLoader.load(request)) {
      case LoadResult.Loaded(Configuration configuration, var _) -> {
        Origins.warning(configuration, surroundings.environment())
            .ifPresent(warning ->
                surroundings.err().println(Printable.of(file + ": warning: " + warning)));
        surroundings.out().println("ok");
        yield ExitCode.OK;
      }
      case LoadResult.Refused(List<Problem> problems) -> Refusal.of(problems, surroundings);
    };
  }
}
