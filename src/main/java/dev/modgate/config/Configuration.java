package dev.modgate.config;

import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything an operator can set. Ranges and defaults are in {@code Keys}.
 *
 * @param listen where modules are served
 * @param admin where health and metrics are served; not {@code listen}, unless both ports are 0
 * @param connections of clients that are served at one time
 * @param sendBuffer bytes that the system may hold for one of them
 * @param data the directory of everything that outlives the process
 * @param goproxy which mirrors are asked, and when the next one is
 * @param mirrors those that are defined or that {@code goproxy} names; no name occurs twice
 * @param sumdb in GOSUMDB syntax, at least one: {@code name}, {@code name+key} or {@code name+key
 *     url}
 * @param sumdbTimeout of one lookup; a version that is new to the log may take a minute
 * @param gonosumdb globs (go.dev/ref/mod#private-modules) of modules served without a proof
 * @param goprivate globs of modules that never leave for a public mirror or the log
 * @param traffic where a copy of what is served goes; empty: nowhere
 * @param log what the process says
 * @param telemetry what leaves of the names of modules
 */
public record Configuration(
    Endpoint listen,
    Endpoint admin,
    int connections,
    int sendBuffer,
    Path data,
    GoProxy goproxy,
    Fetching fetching,
    List<MirrorSettings> mirrors,
    List<String> sumdb,
    Duration sumdbTimeout,
    List<String> gonosumdb,
    List<String> goprivate,
    Store store,
    Audit audit,
    Direct direct,
    Optional<Traffic> traffic,
    Log log,
    Telemetry telemetry) {

  public Configuration {
    mirrors = List.copyOf(mirrors);
    sumdb = List.copyOf(sumdb);
    gonosumdb = List.copyOf(gonosumdb);
    goprivate = List.copyOf(goprivate);
  }

  /**
   * The mirror of a name that {@link #goproxy} mentions.
   *
   * @throws IllegalArgumentException if there is none
   */
  public MirrorSettings mirror(String name) {
    return mirrors.stream()
        .filter(mirror -> mirror.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no mirror " + name));
  }

  /**
   * How mirrors are asked.
   *
   * @param timeout of a client, over all mirrors
   * @param hedge whether the next mirror is asked besides a slow one
   * @param hedgeAtLeast how long a slow one is waited for anyway
   */
  public record Fetching(Duration timeout, Order order, boolean hedge, Duration hedgeAtLeast) {}

  /**
   * How long answers that may change are kept.
   *
   * @param ttl of lists, {@code @latest} and branch queries
   * @param absentTtl of 404 and 410
   */
  public record Store(Duration ttl, Duration absentTtl) {}

  /**
   * What the audit log believes.
   *
   * @param trustedPeers whose {@code X-Go-Proxy-Client-IP} is believed
   */
  public record Audit(List<Cidr> trustedPeers) {
    public Audit {
      trustedPeers = List.copyOf(trustedPeers);
    }
  }

  /**
   * How modules are fetched from where they are developed, if {@link GoProxy#asksOrigins}.
   *
   * @param go a path, or a name that is looked for in PATH
   * @param concurrency runs of the go command at once
   * @param timeout of one run
   * @param gitConfig a git configuration that is included
   * @param ca certificates that are trusted in place of the system's
   */
  public record Direct(
      String go,
      int concurrency,
      Duration timeout,
      Optional<Path> gitConfig,
      Optional<Path> ca,
      List<DirectCredential> credentials) {
    public Direct {
      credentials = List.copyOf(credentials);
    }
  }

  /**
   * What leaves by telemetry.
   *
   * @param privateModules what is said of modules that {@link #goprivate} matches
   * @param key of the hash; there if it is asked for
   */
  public record Telemetry(PrivateModules privateModules, Optional<SecretReference> key) {}

  /** What the process says on standard error. */
  public record Log(LogFormat format, LogLevel level) {}

  /**
   * The copy of what is served.
   *
   * @param url without credentials
   * @param userAndPassword {@code user:password}, sent as HTTP Basic
   * @param token sent as {@code Bearer}; never besides a user and password
   * @param queue lines that wait at most
   * @param timeout of one batch
   * @param bodies bytes of a body, and of all bodies of a batch, at most; 0: lines hold none
   */
  public record Traffic(
      URI url,
      Optional<Secret> userAndPassword,
      Optional<SecretReference> token,
      int queue,
      Duration timeout,
      int bodies) {}
}
