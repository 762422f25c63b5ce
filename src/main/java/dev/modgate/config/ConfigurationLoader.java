package dev.modgate.config;

import dev.modgate.config.ScalarTypes.DirectoryType;
import dev.modgate.verify.Parsed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes one configuration of a file, the environment and flags. */
public final class ConfigurationLoader {

  private ConfigurationLoader() {}

  /**
   * Reads at most one file, of at most 1 MiB. Every problem of every source is collected; a
   * configuration is made only if there is none.
   */
  public static LoadResult load(LoadRequest request) {
    Settings settings = new Settings(request.home());
    file(request, settings).ifPresent(file -> FileSource.read(file, settings));
    EnvironmentSource.read(request.environment(), settings);
    flags(request.flags(), settings);
    return new Assembly(settings, request.environment()).result();
  }

  private static Optional<Path> file(LoadRequest request, Settings settings) {
    if (request.file().isPresent()
        || !request.environment().containsKey(EnvironmentSource.CONFIG)) {
      return request.file();
    }
    DirectoryType type = new DirectoryType("modgate.yaml");
    String text = request.environment().getOrDefault(EnvironmentSource.CONFIG, "");
    return switch (type.parse(text)) {
      case Parsed.Valid<Path>(Path path) -> Optional.of(type.in(request.home(), path));
      case Parsed.Invalid<Path>(String reason) -> {
        Origin origin = new Origin.Environment(EnvironmentSource.CONFIG);
        settings.problem(origin, "config", reason, origin.advice("config", "modgate.yaml"));
        yield Optional.empty();
      }
    };
  }

  private static void flags(Map<String, String> flags, Settings settings) {
    new TreeMap<>(flags)
        .forEach((path, text) -> {
          Origin origin = new Origin.Flag(path);
          Optional<Key<?>> key = Places.key(path);
          if (key.isPresent()) {
            settings.offer(key.get(), path, text, origin);
          } else {
            settings.problem(origin, "", "is an unknown flag", "leave it out");
          }
        });
  }
}
