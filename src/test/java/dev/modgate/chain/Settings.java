package dev.modgate.chain;

import dev.modgate.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Mirror settings for tests: short deadlines, a small breaker. */
final class Settings {

  private Settings() {}

  static MirrorSettings of(String name, String url) {
    return new MirrorSettings(
        name,
        URI.create(url),
        Optional.empty(),
        new MirrorSettings.Timeouts(
            Duration.ofSeconds(4),
            Duration.ofSeconds(4),
            Duration.ofSeconds(2),
            Duration.ofSeconds(6)),
        new MirrorSettings.Breaker(4, 50, Duration.ofSeconds(10), Duration.ofSeconds(60), 2),
        8,
        false,
        false);
  }

  static MirrorSettings with(MirrorSettings s, Secret userAndPassword) {
    return new MirrorSettings(
        s.name(),
        s.url(),
        Optional.of(userAndPassword),
        s.timeouts(),
        s.breaker(),
        s.concurrency(),
        s.traceContext(),
        s.confidential());
  }

  static MirrorSettings withTraceContext(MirrorSettings s) {
    return new MirrorSettings(
        s.name(),
        s.url(),
        s.basic(),
        s.timeouts(),
        s.breaker(),
        s.concurrency(),
        true,
        s.confidential());
  }
}
