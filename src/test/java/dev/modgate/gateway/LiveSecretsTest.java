package dev.modgate.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretListener.Registration;
import dev.modgate.telemetry.KnownSecrets;
import org.junit.jupiter.api.Test;

/** The redaction knows a secret as long as it is live. */
final class LiveSecretsTest {

  @Test
  void learn_aToken_isKnownUntilItIsRotatedAway() {
    KnownSecrets known = new KnownSecrets();
    LiveSecrets live = new LiveSecrets(known);
    Registration token = live.learn(Secret.of("canary-token-7f3a").orThrow());
    assertEquals(1, known.count());
    Registration pair = live.learn(Secret.of("user:canary-password").orThrow());
    assertEquals(3, known.count(), "the pair, and the password alone");
    token.close();
    assertEquals(2, known.count());
    pair.close();
    assertEquals(0, known.count());
    assertFalse(live.toString().contains("canary"), live.toString());
  }
}
