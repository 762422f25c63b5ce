package dev.modgate.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a command that would listen: a picocli mixin. */
final class ListenOptions {

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

  /** Value by key of the configuration. */
  Map<String, String> flags() {
    Map<String, String> flags = new HashMap<>();
    listen.ifPresent(text -> flags.put("listen", text));
    admin.ifPresent(text -> flags.put("admin", text));
    return flags;
  }
}
