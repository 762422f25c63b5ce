package dev.modgate.gateway;

import dev.modgate.config.Configuration;
import dev.modgate.config.MirrorSettings;
import dev.modgate.secret.Secret;
import dev.modgate.telemetry.KnownSecrets;
import java.util.List;

/**
 * Tells the redaction which credentials this process holds, so that it knows them when it sees
 * them.
 */
final class LiveSecrets {

  private LiveSecrets() {}

  static KnownSecrets of(Configuration configuration) {
    KnownSecrets secrets = new KnownSecrets();
    for (MirrorSettings mirror : configuration.mirrors()) {
      switch (mirror.credentials()) {
        case MirrorSettings.Credentials.None() -> {}
        case MirrorSettings.Credentials.Basic(Secret userAndPassword) ->
            register(userAndPassword.reveal(), secrets);
      }
    }
    return secrets;
  }

  /** The pair as it is encoded on the wire, and the password alone; both for the process's life. */
  private static void register(String userAndPassword, KnownSecrets secrets) {
    String password = userAndPassword.substring(userAndPassword.indexOf(':') + 1);
    for (String secret : List.of(userAndPassword, password)) {
      KnownSecrets.Registration _ = secrets.register(secret);
    }
  }
}
