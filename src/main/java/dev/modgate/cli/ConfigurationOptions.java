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
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where modules are served; port 0 is any free one.")
  private Optional<String> listen = Optional.empty();

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      description = "Where health and metrics are served.")
  private Optional<String> admin = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The directory of everything that outlives the process.")
  private Optional<String> data = Optional.empty();

  LoadRequest request(Surroundings surroundings) {
    Map<String, String> flags = new HashMap<>();
    listen.ifPresent(text -> flags.put("listen", text));
    admin.ifPresent(text -> flags.put("admin", text));
    data.ifPresent(text -> flags.put("data", text));
    return new LoadRequest(config, surroundings.environment(), flags, surroundings.home());
  }
}
