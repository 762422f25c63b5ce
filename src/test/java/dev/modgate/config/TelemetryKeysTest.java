package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretReference;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves of the names of private modules, and the key that a hash needs. */
final class TelemetryKeysTest {

  private final Path directory;

  TelemetryKeysTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void load_nothing_showsThem() {
    assertEquals(
        new Configuration.Telemetry(PrivateModules.SHOW, Optional.empty()),
        telemetry("{}").configuration().telemetry());
    assertEquals(
        new Configuration.Telemetry(PrivateModules.OMIT, Optional.empty()),
        telemetry("{private-modules: omit}").configuration().telemetry());
  }

  @Test
  void load_hashWithAKey_refersToIt() {
    assertEquals(
        new Configuration.Telemetry(
            PrivateModules.HASH,
            Optional.of(new SecretReference.Held(Secret.of("sesame").orThrow()))),
        telemetry("{private-modules: hash, private-modules-key: {env: MODULE_KEY}}")
            .env("MODULE_KEY", "sesame")
            .configuration()
            .telemetry());
  }

  @Test
  void load_hashWithoutAKey_isRefused() {
    Problem problem = telemetry("{private-modules: hash}").problem();
    assertEquals("telemetry.private-modules", problem.key());
    assertEquals("is hash, and there is no key for it", problem.message());
  }

  private Loading telemetry(String yaml) {
    return new Loading(directory).file("telemetry: " + yaml + "\n");
  }
}
