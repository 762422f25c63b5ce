package dev.modgate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the go command that make it walk round a proxy, from the environment or from what
 * {@code go env -w} wrote.
 *
 * @see <a href="https://go.dev/ref/mod#environment-variables">go.dev/ref/mod</a>
 */
final class GoSettings {

  private final Map<String, String> environment;
  private final Map<String, String> written;

  GoSettings(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.written = file(environment, home).map(GoSettings::read).orElse(Map.of());
  }

  /**
   * A sentence for each that matters. No proxy is named: its URL may hold a password.
   *
   * @param gate the address that GOPROXY is going to have
   */
  List<String> warnings(String gate) {
    List<String> warnings = new ArrayList<>();
    if (!value("GOPROXY").isEmpty() && !value("GOPROXY").startsWith(gate)) {
      warnings.add("GOPROXY was set; this gate stands in for it, with mirrors of its own");
    }
    named("GONOPROXY", "GOPRIVATE").ifPresent(setting -> warnings.add(past(setting)));
    if (value("GOSUMDB").equals("off")) {
      warnings.add("go itself checks nothing (GOSUMDB=off); this gate does");
    } else {
      named("GONOSUMDB", "GOPRIVATE")
          .ifPresent(setting -> warnings.add("go itself does not check what matches " + setting));
    }
    return List.copyOf(warnings);
  }

  private String past(String setting) {
    return "go fetches what matches "
        + setting
        + " from where it is developed, past this gate"
        + named("GOINSECURE", "GOINSECURE")
            .map(insecure -> ", and without TLS if it matches " + insecure)
            .orElse("");
  }

  /** The first of the two that has a value, as {@code NAME=value}; an empty one has none. */
  private Optional<String> named(String name, String fallback) {
    String own = value(name);
    String value = own.isEmpty() ? value(fallback) : own;
    boolean isOff = value.isEmpty() || value.equals("none");
    return isOff ? Optional.empty() : Optional.of((own.isEmpty() ? fallback : name) + "=" + value);
  }

  private String value(String name) {
    String set = environment.getOrDefault(name, "");
    return set.isEmpty() ? written.getOrDefault(name, "") : set;
  }

  /** Where {@code go env -w} writes: GOENV, or below the user's folder for configuration. */
  private static Optional<Path> file(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault("GOENV", "");
    if (!named.isEmpty()) {
      return named.equals("off") ? Optional.empty() : Optional.of(Path.of(named));
    }
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path own = Path.of(environment.getOrDefault("HOME", home.toString()));
    Path mac = own.resolve("Library/Application Support");
    Path folder =
        !config.isEmpty() ? Path.of(config) : Files.isDirectory(mac) ? mac : own.resolve(".config");
    return Optional.of(folder.resolve("go").resolve("env"));
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> settings = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          settings.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (IOException e) {
      // There is none, as a rule.
    }
    return settings;
  }
}
