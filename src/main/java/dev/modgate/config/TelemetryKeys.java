package dev.modgate.config;

import dev.modgate.config.CredentialTypes.FileType;
import dev.modgate.config.ScalarTypes.WordType;
import java.nio.file.Path;
import java.util.List;

/** The keys of what leaves by telemetry. */
final class TelemetryKeys {

  static final Key<PrivateModules> PRIVATE_MODULES =
      Key.of(
          "telemetry.private-modules",
          new WordType<>(PrivateModules.class),
          "show",
          "What a span says of a module that goprivate names: its path, private/ and a keyed hash of"
              + " its path, or nothing. Its version is always shown.");

  static final Key<Path> KEY_FILE =
      Key.optional(
          "telemetry.private-modules-key.file",
          new FileType("/run/secrets/module-key"),
          "A file with the key of that hash: the same key gives the same hashes everywhere.");

  static final Key<String> KEY_ENV =
      Key.optional(
          "telemetry.private-modules-key.env",
          CredentialTypes.VARIABLE,
          "A variable with the key of that hash.");

  static final List<Key<?>> ALL = List.of(PRIVATE_MODULES, KEY_FILE, KEY_ENV);

  private TelemetryKeys() {}
}
