package dev.modgate.config;

import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretReference;
import dev.modgate.verify.Parsed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads pairs of keys of which one refers to a secret: the name of a file, or of a variable. */
final class SecretKeys {

  private final Settings settings;
  private final Map<String, String> environment;

  /**
   * @param environment in which the variables are that keys name
   */
  SecretKeys(Settings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** What the one refers to that is set; empty if none is, or what is set is noted as a problem. */
  Optional<SecretReference> find(Key<Path> file, String filePath, Key<String> env, String envPath) {
    if (!settings.isSet(envPath)) {
      return settings.find(file, filePath).map(SecretReference.InFile::new);
    }
    Origin origin = settings.origin(env, envPath);
    if (settings.isSet(filePath)) {
      settings.problem(
          origin, envPath, "refers to a secret to which file refers too", "leave one of them out");
      return Optional.empty();
    }
    return variable(settings.value(env, envPath), envPath, origin);
  }

  private Optional<SecretReference> variable(String name, String envPath, Origin origin) {
    String value = environment.getOrDefault(name, "");
    if (value.isEmpty()) {
      settings.problem(origin, envPath, "names a variable that is not set", "set that variable");
      return Optional.empty();
    }
    return switch (Secret.of(value)) {
      case Parsed.Valid<Secret>(Secret secret) -> Optional.of(new SecretReference.Held(secret));
      case Parsed.Invalid<Secret>(String reason) -> {
        String message = "names a variable that can't be used: " + reason;
        settings.problem(origin, envPath, message, "correct that variable");
        yield Optional.empty();
      }
    };
  }
}
