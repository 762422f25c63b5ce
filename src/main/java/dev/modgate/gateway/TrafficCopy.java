package dev.modgate.gateway;

import dev.modgate.config.Configuration;
import dev.modgate.secret.LiveSecret;
import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretListener;
import dev.modgate.secret.SecretReference;
import dev.modgate.traffic.TrafficMirror;
import dev.modgate.traffic.TrafficSettings;
import dev.modgate.traffic.TrafficSettings.Credential;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The copy of what is served, if the operator wants one. */
final class TrafficCopy {

  private TrafficCopy() {}

  /**
   * Starts it.
   *
   * @param secrets is told each token that the endpoint is shown
   * @throws IOException if the token can't be used; the message names the key
   */
  static Optional<TrafficMirror> of(
      Configuration configuration, InstantSource clock, SecretListener secrets) throws IOException {
    if (configuration.traffic().isEmpty()) {
      return Optional.empty();
    }
    Configuration.Traffic traffic = configuration.traffic().get();
    TrafficSettings settings =
        new TrafficSettings(
            traffic.url(),
            credential(traffic, clock, secrets),
            traffic.queue(),
            traffic.timeout(),
            traffic.bodies());
    return Optional.of(new TrafficMirror(settings, clock, new SecureRandom()));
  }

  private static Credential credential(
      Configuration.Traffic traffic, InstantSource clock, SecretListener secrets)
      throws IOException {
    if (traffic.token().isPresent()) {
      return bearer(traffic.token().get(), clock, secrets);
    }
    return traffic
        .userAndPassword()
        .<Credential>map(Credential.Basic::new)
        .orElseGet(Credential.None::new);
  }

  private static Credential bearer(
      SecretReference reference, InstantSource clock, SecretListener secrets) throws IOException {
    String owner = "mirror-traffic.token";
    LiveSecret token = LiveSecret.of(owner, reference, clock, secrets);
    if (token.current() instanceof Parsed.Invalid<Secret>(String reason)) {
      throw new IOException(owner + ": " + reason);
    }
    return new Credential.Bearer(token);
  }
}
