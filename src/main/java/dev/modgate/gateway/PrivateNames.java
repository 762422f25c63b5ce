package dev.modgate.gateway;

import dev.modgate.config.Configuration;
import dev.modgate.secret.LiveSecret;
import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretListener;
import dev.modgate.secret.SecretReference;
import dev.modgate.telemetry.ModuleNames;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModulePatterns;
import java.io.IOException;
import java.time.InstantSource;

/** What telemetry says of modules that {@code goprivate} names. */
final class PrivateNames {

  private static final String KEY = "telemetry.private-modules-key";

  private PrivateNames() {}

  /**
   * As configured; the key is read once.
   *
   * @throws IOException if the key can't be used; the message names its configuration key
   */
  static ModuleNames of(Configuration configuration, InstantSource clock, SecretListener secrets)
      throws IOException {
    ModulePatterns patterns = ModulePatterns.of(configuration.goprivate());
    return switch (configuration.telemetry().privateModules()) {
      case SHOW -> ModuleNames.shown();
      case OMIT -> ModuleNames.omitted(patterns::match);
      case HASH -> ModuleNames.hashed(patterns::match, key(configuration, clock, secrets));
    };
  }

  private static byte[] key(
      Configuration configuration, InstantSource clock, SecretListener secrets) throws IOException {
    SecretReference reference =
        configuration
            .telemetry()
            .key()
            .orElseThrow(() -> new IllegalArgumentException("a hash without a key"));
    return switch (LiveSecret.of(KEY, reference, clock, secrets).current()) {
      case Parsed.Valid<Secret>(Secret key) -> LiveSecrets.key(key);
      case Parsed.Invalid<Secret>(String reason) -> throw new IOException(KEY + ": " + reason);
    };
  }
}
