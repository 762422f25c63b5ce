package dev.modgate.cli;

import dev.modgate.config.LoadRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that works with the configuration: a picocli mixin. */
final class ConfigurationOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration; else MODGATE_CONFIG may name one.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The directory of everything that outlives the process.")
  private Optional<String> data = Optional.empty();

  LoadRequest request(Surroundings surroundings) {
    return request(surroundings, Map.of());
  }

  /**
   * Together with other flags of the command.
   *
   * @param more value by key of the configuration
   */
  LoadRequest request(Surroundings surroundings, Map<String, String> more) {
    Map<String, String> flags = new HashMap<>(more);
    data.ifPresent(text -> flags.put("data", text));
    return new LoadRequest(config, surroundings.environment(), flags, surroundings.home());
  }
}
