package dev.modgate.config;

import dev.modgate.config.ListType.Texts;
import dev.modgate.config.ScalarTypes.DirectoryType;
import dev.modgate.config.ScalarTypes.DurationType;
import dev.modgate.config.ScalarTypes.EndpointType;
import dev.modgate.config.ScalarTypes.GoProxyType;
import dev.modgate.config.ScalarTypes.MirrorUrlType;
import dev.modgate.config.ScalarTypes.PathBelowType;
import dev.modgate.config.ScalarTypes.PercentType;
import dev.modgate.config.ScalarTypes.SwitchType;
import dev.modgate.config.ScalarTypes.WholeType;
import dev.modgate.config.ScalarTypes.WordType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every key: its type, range, default and meaning. The documentation is made from this table. */
final class Keys {

  static final Key<Endpoint> LISTEN =
      Key.of(
          "listen",
          new EndpointType("127.0.0.1:8080"),
          "127.0.0.1:8080",
          "Where modules are served.");

  static final Key<Endpoint> ADMIN =
      Key.of(
          "admin",
          new EndpointType("127.0.0.1:8081"),
          "127.0.0.1:8081",
          "Where health and metrics are served; keep it off public addresses.");

  static final Key<Integer> CONNECTIONS =
      Key.of(
          "connections",
          new WholeType(1, 1_000_000),
          "10000",
          "How many connections of clients are served at one time; three quarters of the file"
              + " descriptors at most. The next ones are told 503 and `Retry-After`, at most 512 a"
              + " second; those after them wait to be accepted.");

  static final Key<Integer> SEND_BUFFER =
      Key.of(
          "send-buffer",
          new SizeType(64 << 10, 16 << 20),
          "256KiB",
          "What the system may hold for one client that has not taken it yet, as far as the system"
              + " allows (`net.core.wmem_max`). A connection gets no more than this in each round"
              + " trip: enlarge it for clients that are far away.");

  static final Key<Path> DATA =
      Key.of(
          "data",
          new DirectoryType("~/.cache/modgate"),
          "~/.cache/modgate",
          "The directory of the store, the tree heads and the audit log.");

  static final Key<GoProxyText> GOPROXY =
      Key.of(
          "goproxy",
          new GoProxyType(),
          PublicMirror.NAME,
          "Which mirrors are asked, in which order. `public` is the mirror of Go's own default"
              + " GOPROXY; a URL is a mirror named by its host, with the defaults below; `direct` fetches"
              + " from where a module is developed (direct.md).");

  static final Key<Duration> FETCH_TIMEOUT =
      Key.of(
          "fetch-timeout",
          new DurationType(Duration.ofMillis(100), Duration.ofHours(2)),
          "5m",
          "How long a client waits at most, over all mirrors.");

  static final Key<Order> ORDER =
      Key.of(
          "order",
          new WordType<>(Order.class),
          "adaptive",
          "Which of the mirrors that are joined by | and equally private is asked first: the"
              + " fastest, or the one that is written first. One that is unwell is asked last.");

  static final Key<Boolean> HEDGE =
      Key.of(
          "hedge.enabled",
          new SwitchType(),
          "true",
          "Whether the next mirror is asked besides when the first takes longer to begin than 95% of"
              + " its last answers did. A body is only taken from one of them.");

  static final Key<Duration> HEDGE_AT_LEAST =
      Key.of(
          "hedge.at-least",
          millisTo(1),
          "100ms",
          "How long the first mirror is waited for anyway.");

  static final Key<MirrorUrl> MIRROR_URL =
      Key.required(
          "mirrors.NAME.url",
          new MirrorUrlType(),
          "Where the mirror is. NAME is a lower-case letter and up to 62 more lower-case letters,"
              + " digits and dashes, and none of direct, off, noproxy, none. For `public` the"
              + " default is the mirror of Go's own default GOPROXY.");

  static final Key<Duration> CONNECT =
      Key.of("mirrors.NAME.timeouts.connect", millisTo(1), "2s", "For TCP and TLS.");

  static final Key<Duration> FIRST_BYTE =
      Key.of(
          "mirrors.NAME.timeouts.first-byte",
          millisTo(10),
          "10s",
          "From the request to the first byte of the answer.");

  static final Key<Duration> IDLE =
      Key.of("mirrors.NAME.timeouts.idle", millisTo(10), "10s", "Between two reads.");

  static final Key<Duration> TOTAL =
      Key.of("mirrors.NAME.timeouts.total", millisTo(120), "5m", "For the whole exchange.");

  static final Key<Integer> WINDOW =
      Key.of(
          "mirrors.NAME.breaker.window",
          new WholeType(1, 10_000),
          "20",
          "How many calls are judged together.");

  static final Key<Integer> FAILURE_RATE =
      Key.of(
          "mirrors.NAME.breaker.failure-rate",
          new PercentType(1, 100),
          "50%",
          "The part of the window that fails when the mirror is left alone.");

  static final Key<Duration> SLOW_CALL =
      Key.of(
          "mirrors.NAME.breaker.slow-call",
          millisTo(10),
          "10s",
          "A call that takes longer counts as failed.");

  static final Key<Duration> OPEN =
      Key.of(
          "mirrors.NAME.breaker.open",
          millisTo(60),
          "15s",
          "How long a mirror is left alone before it is tried again.");

  static final Key<Integer> HALF_OPEN_CALLS =
      Key.of(
          "mirrors.NAME.breaker.half-open-calls",
          new WholeType(1, 1000),
          "3",
          "How many calls try a mirror again before all may.");

  static final Key<String> HEALTH_PATH =
      Key.of(
          "mirrors.NAME.health.path",
          new PathBelowType(),
          "",
          "What is asked every interval, below the mirror's URL; 200 is well. Empty: the answers to"
              + " clients' requests are all that is known.");

  static final Key<Duration> HEALTH_INTERVAL =
      Key.of(
          "mirrors.NAME.health.interval",
          new DurationType(Duration.ofMillis(100), Duration.ofHours(1)),
          "5s",
          "Between two probes.");

  static final Key<Integer> HEALTH_FAILURES =
      Key.of(
          "mirrors.NAME.health.failures",
          new WholeType(1, 1000),
          "3",
          "How many failures in a row, of probes or of requests, after which the mirror is asked"
              + " last; a request that runs into a deadline counts twice.");

  static final Key<Integer> HEALTH_SUCCESSES =
      Key.of(
          "mirrors.NAME.health.successes",
          new WholeType(1, 1000),
          "2",
          "How many successful probes in a row make it well again.");

  static final Key<Integer> RETRY_ATTEMPTS =
      Key.of(
          "mirrors.NAME.retry.attempts",
          new WholeType(1, 10),
          "2",
          "How often a request is made when there is no connection, or the answer is 429, 502, 503"
              + " or 504; 1: once.");

  static final Key<Integer> RETRY_BUDGET =
      Key.of(
          "mirrors.NAME.retry.budget",
          new PercentType(0, 100),
          "10%",
          "The part of all requests that may be made again.");

  static final Key<Integer> LIES_MOST =
      Key.of(
          "mirrors.NAME.lies.most",
          new WholeType(1, 1000),
          "3",
          "How many different untrue artifacts take the mirror out, with an alarm.");

  static final Key<Duration> LIES_WINDOW =
      Key.of(
          "mirrors.NAME.lies.window",
          new DurationType(Duration.ofSeconds(1), Duration.ofHours(24)),
          "1h",
          "Within what time they are delivered.");

  static final Key<Duration> LIES_OUT =
      Key.of(
          "mirrors.NAME.lies.out",
          new DurationType(Duration.ofSeconds(1), Duration.ofHours(24)),
          "15m",
          "How long the mirror is not asked then, unless an operator readmits it.");

  static final Key<Integer> CONCURRENCY =
      Key.of(
          "mirrors.NAME.concurrency",
          new WholeType(1, 4096),
          "64",
          "Requests to the mirror that are under way at one time.");

  static final Key<Boolean> TRACE_CONTEXT =
      Key.of(
          "mirrors.NAME.trace-context",
          new SwitchType(),
          "false",
          "Whether the mirror is sent traceparent.");

  static final Key<Boolean> PRIVATE =
      Key.of(
          "mirrors.NAME.private",
          new SwitchType(),
          "false",
          "Whether the mirror is asked for modules that match goprivate.");

  static final Key<Texts> SUMDB =
      Key.of(
          "sumdb",
          new ListType(
              "checksum databases in GOSUMDB syntax (NAME, NAME+HASH+KEY, either with a URL)",
              "sum.golang.org",
              1,
              ItemChecks::checksumDatabase),
          "sum.golang.org",
          "The logs that prove modules. The first is asked.");

  static final Key<Duration> SUMDB_TIMEOUT =
      Key.of(
          "sumdb-timeout",
          new DurationType(Duration.ofMillis(100), Duration.ofMinutes(10)),
          "75s",
          "For one lookup: a version that is new to the log may take a minute.");

  static final Key<Texts> GONOSUMDB =
      Key.of(
          "gonosumdb",
          new ListType("globs of module path prefixes", "corp.example/*", 0, ItemChecks::glob),
          "",
          "Modules that are served without a proof, and recorded as such.");

  static final Key<Texts> GOPRIVATE =
      Key.of(
          "goprivate",
          new ListType("globs of module path prefixes", "corp.example/*", 0, ItemChecks::glob),
          "",
          "Modules whose names never leave for the log or for a mirror that is not private.");

  static final Key<Duration> TTL =
      Key.of(
          "store.ttl",
          secondsTo(24 * 60),
          "1m",
          "How long lists, @latest and branch queries are kept; 0s: not at all.");

  static final Key<Duration> ABSENT_TTL =
      Key.of(
          "store.absent-ttl",
          secondsTo(60),
          "10s",
          "How long 404 and 410 are kept; 0s: not at all.");

  static final Key<Texts> TRUSTED_PEERS =
      Key.of(
          "audit.trusted-peers",
          new ListType("networks (ADDRESS/BITS)", "10.0.0.0/8", 0, ItemChecks::network),
          "",
          "Who is believed in X-Go-Proxy-Client-IP.");

  private static final List<Key<?>> BEFORE =
      List.of(
          LISTEN,
          ADMIN,
          CONNECTIONS,
          SEND_BUFFER,
          DATA,
          GOPROXY,
          FETCH_TIMEOUT,
          ORDER,
          HEDGE,
          HEDGE_AT_LEAST,
          MIRROR_URL,
          CONNECT,
          FIRST_BYTE,
          IDLE,
          TOTAL,
          WINDOW,
          FAILURE_RATE,
          SLOW_CALL,
          OPEN,
          HALF_OPEN_CALLS,
          HEALTH_PATH,
          HEALTH_INTERVAL,
          HEALTH_FAILURES,
          HEALTH_SUCCESSES,
          RETRY_ATTEMPTS,
          RETRY_BUDGET,
          LIES_MOST,
          LIES_WINDOW,
          LIES_OUT,
          CONCURRENCY,
          TRACE_CONTEXT,
          PRIVATE);

  private static final List<Key<?>> AFTER =
      List.of(
          SUMDB,
          SUMDB_TIMEOUT,
          GONOSUMDB,
          GOPRIVATE,
          TTL,
          ABSENT_TTL,
          TRUSTED_PEERS,
          DirectKeys.GO,
          DirectKeys.CONCURRENCY,
          DirectKeys.TIMEOUT,
          DirectKeys.CREDENTIALS,
          DirectKeys.GIT_CONFIG,
          DirectKeys.CA);

  private static final List<Key<?>> ALL =
      Stream.of(
              BEFORE,
              TlsKeys.all(),
              AFTER,
              TrafficKeys.ALL,
              LogKeys.ALL,
              TelemetryKeys.ALL,
              CredentialKeys.ALL)
          .<Key<?>>flatMap(List::stream)
          .toList();

  private Keys() {}

  /** In the order of the documentation. */
  static List<Key<?>> all() {
    return ALL;
  }

  static List<Key<?>> ofMirrors() {
    return ALL.stream().filter(Key::isOfMirror).toList();
  }

  private static DurationType millisTo(int minutes) {
    return new DurationType(Duration.ofMillis(1), Duration.ofMinutes(minutes));
  }

  private static DurationType secondsTo(int minutes) {
    return new DurationType(Duration.ZERO, Duration.ofMinutes(minutes));
  }
}
