package dev.modgate.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration is made of.
 *
 * @param file the one that {@code --config} names; if absent, {@code MODGATE_CONFIG} may name one
 * @param environment all variables; of those that do not start with {@code MODGATE_}, only the ones
 *     that a key names are looked at
 * @param flags by the path of their key, such as {@code listen}
 * @param home what {@code ~} stands for
 */
public record LoadRequest(
    Optional<Path> file, Map<String, String> environment, Map<String, String> flags, Path home) {

  public LoadRequest {
    environment = Map.copyOf(environment);
    flags = Map.copyOf(flags);
  }

  /** Tells nothing of the environment: other programs keep their secrets there. */
  @Override
  public String toString() {
    return "LoadRequest[file=" + file + ", home=" + home + "]";
  }
}
