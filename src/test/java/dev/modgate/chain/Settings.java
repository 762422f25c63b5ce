package dev.modgate.chain;

import dev.modgate.chain.tls.TlsSettings;
import dev.modgate.secret.CertificateFiles;
import dev.modgate.secret.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Mirror settings for tests: short deadlines, a small breaker. */
final class Settings {

  private Settings() {}

  static MirrorSettings of(String name, String url) {
    return new MirrorSettings(
        name,
        URI.create(url),
        new Credentials.None(),
        new MirrorSettings.Timeouts(
            Duration.ofSeconds(4),
            Duration.ofSeconds(4),
            Duration.ofSeconds(2),
            Duration.ofSeconds(6)),
        new MirrorSettings.Breaker(4, 50, Duration.ofSeconds(10), Duration.ofSeconds(60), 2),
        new MirrorSettings.Health(Optional.empty(), Duration.ofSeconds(5), 3, 2),
        new MirrorSettings.Retry(1, 10),
        new MirrorSettings.Lies(3, Duration.ofHours(1), Duration.ofMinutes(15)),
        8,
        false,
        false,
        Optional.empty(),
        TlsSettings.standard(),
        IdentitySettings.none());
  }

  static MirrorSettings with(MirrorSettings s, Credentials credentials) {
    return new MirrorSettings(
        s.name(),
        s.url(),
        credentials,
        s.timeouts(),
        s.breaker(),
        s.health(),
        s.retry(),
        s.lies(),
        s.concurrency(),
        s.traceContext(),
        s.confidential(),
        s.certificate(),
        s.tls(),
        s.identity());
  }

  static MirrorSettings withProbe(MirrorSettings s, String path) {
    return new MirrorSettings(
        s.name(),
        s.url(),
        s.credentials(),
        s.timeouts(),
        s.breaker(),
        new MirrorSettings.Health(Optional.of(path), Duration.ofMillis(20), 3, 2),
        s.retry(),
        s.lies(),
        s.concurrency(),
        s.traceContext(),
        s.confidential(),
        s.certificate(),
        s.tls(),
        s.identity());
  }

  static MirrorSettings with(MirrorSettings s, CertificateFiles certificate) {
    return new MirrorSettings(
        s.name(),
        s.url(),
        s.credentials(),
        s.timeouts(),
        s.breaker(),
        s.health(),
        s.retry(),
        s.lies(),
        s.concurrency(),
        s.traceContext(),
        s.confidential(),
        Optional.of(certificate),
        s.tls(),
        s.identity());
  }

  static MirrorSettings withTraceContext(MirrorSettings s) {
    return new MirrorSettings(
        s.name(),
        s.url(),
        s.credentials(),
        s.timeouts(),
        s.breaker(),
        s.health(),
        s.retry(),
        s.lies(),
        s.concurrency(),
        true,
        s.confidential(),
        s.certificate(),
        s.tls(),
        s.identity());
  }

  static MirrorSettings with(MirrorSettings s, TlsSettings tls) {
    return new MirrorSettings(
        s.name(),
        s.url(),
        s.credentials(),
        s.timeouts(),
        s.breaker(),
        s.health(),
        s.retry(),
        s.lies(),
        s.concurrency(),
        s.traceContext(),
        s.confidential(),
        s.certificate(),
        tls,
        s.identity());
  }

  static MirrorSettings with(MirrorSettings s, IdentitySettings identity) {
    return new MirrorSettings(
        s.name(),
        s.url(),
        s.credentials(),
        s.timeouts(),
        s.breaker(),
        s.health(),
        s.retry(),
        s.lies(),
        s.concurrency(),
        s.traceContext(),
        s.confidential(),
        s.certificate(),
        s.tls(),
        identity);
  }

  /** Mirrors of which no file is asked. */
  static Mirrors mirrors() {
    return new Mirrors(
        new Mirrors.Surroundings(
            () -> Path.of("unused"),
            Optional::empty,
            MirrorObserver.NOBODY,
            Executors.newVirtualThreadPerTaskExecutor(),
            InstantSource.system()));
  }
}
