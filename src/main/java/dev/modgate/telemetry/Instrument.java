package dev.modgate.telemetry;

import static dev.modgate.telemetry.MetricFlag.DROPPED;
import static dev.modgate.telemetry.MetricFlag.SUCCESS;
import static dev.modgate.telemetry.MetricLabel.MIRROR;
import static dev.modgate.telemetry.MetricLabel.NAME;
import static dev.modgate.telemetry.MetricLabel.OUTCOME;
import static dev.modgate.telemetry.MetricLabel.PROCESSOR_TYPE;
import static dev.modgate.telemetry.MetricLabel.QUANTILE;
import static dev.modgate.telemetry.MetricLabel.REASON;
import static dev.modgate.telemetry.MetricLabel.STATE;
import static dev.modgate.telemetry.MetricLabel.TYPE;
import static dev.modgate.telemetry.MetricLabel.VERDICT;
import static dev.modgate.telemetry.NumberAttribute.HTTP_RESPONSE_STATUS_CODE;
import static dev.modgate.telemetry.NumberAttribute.SERVER_PORT;
import static dev.modgate.telemetry.TextAttribute.CACHE;
import static dev.modgate.telemetry.TextAttribute.ERROR_TYPE;
import static dev.modgate.telemetry.TextAttribute.HTTP_REQUEST_METHOD;
import static dev.modgate.telemetry.TextAttribute.HTTP_ROUTE;
import static dev.modgate.telemetry.TextAttribute.SERVER_ADDRESS;
import static dev.modgate.telemetry.TextAttribute.URL_SCHEME;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All metrics that may leave, each with all that it may say. The code that counts and {@code
 * otel/metrics.md} both come from here; what is not here is dropped on the way out. The first group
 * is OpenTelemetry's semantic conventions for HTTP
 * (opentelemetry.io/docs/specs/semconv/http/http-metrics), the second has the names of
 * Resilience4j.
 */
// Its fields never change; their types just do not say so by an annotation.
@SuppressWarnings("ImmutableEnumChecker")
public enum Instrument {
  SERVER_DURATION(
      "http.server.request.duration",
      Kind.HISTOGRAM,
      "s",
      "Time to the last byte of an answer.",
      HTTP_REQUEST_METHOD,
      URL_SCHEME,
      HTTP_ROUTE,
      HTTP_RESPONSE_STATUS_CODE,
      ERROR_TYPE),
  SERVER_ACTIVE(
      "http.server.active_requests",
      Kind.LEVEL,
      "{request}",
      "Requests that are being answered.",
      HTTP_REQUEST_METHOD,
      URL_SCHEME),
  CLIENT_DURATION(
      "http.client.request.duration",
      Kind.HISTOGRAM,
      "s",
      "Time of one attempt at a mirror, to the last byte of its answer.",
      HTTP_REQUEST_METHOD,
      SERVER_ADDRESS,
      SERVER_PORT,
      HTTP_RESPONSE_STATUS_CODE,
      ERROR_TYPE),

  BREAKER_STATE(
      "resilience4j.circuitbreaker.state",
      Kind.GAUGE,
      "{state}",
      "1 for the state that the breaker of a mirror is in, 0 for the others.",
      NAME,
      STATE),
  BREAKER_FAILURE_RATE(
      "resilience4j.circuitbreaker.failure.rate",
      Kind.GAUGE,
      "{percent}",
      "Failures among a breaker's last calls; -1 while they are too few.",
      NAME),
  BREAKER_SLOW_RATE(
      "resilience4j.circuitbreaker.slow.call.rate",
      Kind.GAUGE,
      "{percent}",
      "Slow calls among a breaker's last calls; -1 while they are too few.",
      NAME),
  BREAKER_NOT_PERMITTED(
      "resilience4j.circuitbreaker.not.permitted.calls",
      Kind.COUNTER,
      "{call}",
      "Requests that an open breaker kept from a mirror.",
      NAME),
  BREAKER_TRANSITIONS(
      "modgate.breaker.transitions",
      Kind.COUNTER,
      "{transition}",
      "How often the breaker of a mirror went into a state.",
      NAME,
      STATE),

  MIRROR_HEALTH(
      "modgate.mirror.health",
      Kind.GAUGE,
      "{state}",
      "1 for the health that a mirror is in, 0 for the others.",
      MIRROR,
      STATE),
  MIRROR_FIRST_BYTE(
      "modgate.mirror.first_byte",
      Kind.GAUGE,
      "s",
      "Time to the head of an answer, over a mirror's last 128 answers; absent below 16.",
      MIRROR,
      QUANTILE),
  MIRROR_REQUESTS(
      "modgate.mirror.requests",
      Kind.COUNTER,
      "{request}",
      "Requests to a mirror that were answered, absences included, or failed.",
      MIRROR,
      OUTCOME),
  MIRROR_RETRIES(
      "modgate.mirror.retries",
      Kind.COUNTER,
      "{request}",
      "Requests that a mirror was asked again at once.",
      MIRROR),
  MIRROR_IO(
      "modgate.mirror.io", Kind.COUNTER, "By", "Bytes of bodies that a mirror delivered.", MIRROR),
  MIRROR_CONDEMNED(
      "modgate.mirror.condemned",
      Kind.GAUGE,
      "{artifact}",
      "Artifacts that a mirror lied about within a day and is not asked for.",
      MIRROR),
  MIRRORS(
      "modgate.mirrors",
      Kind.GAUGE,
      "{mirror}",
      "Mirrors that goproxy names; usable are those that are healthy behind a closed breaker.",
      STATE),

  CONNECTIONS(
      "modgate.connections",
      Kind.GAUGE,
      "{connection}",
      "Connections of clients that are served, idle ones included."),
  CONNECTIONS_TURNED_AWAY(
      "modgate.connections.turned_away",
      Kind.COUNTER,
      "{connection}",
      "Connections that were told 503 because the key connections allows no more."),

  ANSWERS(
      "modgate.answers",
      Kind.COUNTER,
      "{answer}",
      "Answers with content, by where it came from.",
      HTTP_ROUTE,
      CACHE),
  SERVED_IO(
      "modgate.served.io",
      Kind.COUNTER,
      "By",
      "Bytes of bodies that were handed to clients.",
      HTTP_ROUTE),
  FETCHES(
      "modgate.fetches",
      Kind.GAUGE,
      "{fetch}",
      "Fetches under way; any number of clients may wait for one."),
  DECISIONS(
      "modgate.decisions",
      Kind.COUNTER,
      "{decision}",
      "Lines of the audit log, by their verdict.",
      VERDICT),
  QUARANTINE_PIECES(
      "modgate.quarantine.pieces", Kind.GAUGE, "{piece}", "Pieces of evidence that are kept."),

  LOG_TREE_SIZE(
      "modgate.log.tree_size",
      Kind.GAUGE,
      "{record}",
      "Size of the newest proven tree head of the log that proves modules."),
  LOG_TREE_AGE(
      "modgate.log.tree_age",
      Kind.GAUGE,
      "s",
      "Time since this process took a newer tree head; since its start if it took none."),
  LOG_ALARM(
      "modgate.log.alarm",
      Kind.GAUGE,
      "{alarm}",
      "1 while nothing is believed of the log that proves modules, because it forked."),
  LOG_REQUESTS(
      "modgate.log.requests",
      Kind.COUNTER,
      "{request}",
      "Requests to the sources of the log that proves modules.",
      OUTCOME),
  LOG_FAILURES(
      "modgate.log.failures_in_a_row",
      Kind.GAUGE,
      "{request}",
      "Requests to the sources of that log that failed since one was last answered."),

  DISK_FREE(
      "modgate.disk.free",
      Kind.GAUGE,
      "By",
      "Bytes that may still be written to the file system of the data directory."),
  DISK_FAILURES(
      "modgate.disk.failures",
      Kind.COUNTER,
      "{failure}",
      "Answers and tree heads that could not be read or kept because the disk failed."),
  AUDIT_LOST(
      "modgate.audit.lost",
      Kind.COUNTER,
      "{line}",
      "Audit lines that could not be written and are not recorded as a gap yet."),

  TRAFFIC_SENT(
      "modgate.traffic.sent",
      Kind.COUNTER,
      "{line}",
      "Lines about answers that mirror-traffic.url has taken; this and the next three if it is set."),
  TRAFFIC_LOST(
      "modgate.traffic.lost",
      Kind.COUNTER,
      "{line}",
      "Lines about answers that were dropped for want of room, or rejected."),
  TRAFFIC_LEFT_OUT(
      "modgate.traffic.left_out",
      Kind.COUNTER,
      "{line}",
      "Lines that were sent without the body that they should have had."),
  TRAFFIC_QUEUED(
      "modgate.traffic.queued",
      Kind.GAUGE,
      "{line}",
      "Lines about answers that wait or are under way."),

  REDACTIONS(
      "modgate.redactions",
      Kind.COUNTER,
      "{text}",
      "Texts in which something that is or looks like a credential was replaced."),
  SIGNALS_DROPPED(
      "modgate.telemetry.dropped",
      Kind.COUNTER,
      "{signal}",
      "Spans, metrics and log records that could not be rebuilt, or came past the redaction.",
      REASON),

  // From here on they are counted by the SDK.
  SDK_SEEN("otlp.exporter.seen", Kind.COUNTER, "", "Given to the exporter.", TYPE),
  SDK_EXPORTED(
      "otlp.exporter.exported", Kind.COUNTER, "", "Taken by the collector, or not.", TYPE, SUCCESS),
  SDK_QUEUE("queueSize", Kind.GAUGE, "{signal}", "Waiting for the collector.", PROCESSOR_TYPE),
  SDK_SPANS(
      "processedSpans",
      Kind.COUNTER,
      "{signal}",
      "Spans that went through the queue, or found it full.",
      PROCESSOR_TYPE,
      DROPPED),
  SDK_LOGS(
      "processedLogs",
      Kind.COUNTER,
      "{signal}",
      "Log records that went through the queue, or found it full.",
      PROCESSOR_TYPE,
      DROPPED);

  /** How its numbers behave. */
  public enum Kind {
    /** Goes up and down, and is read when somebody asks. */
    GAUGE,
    /** Goes up and down, by one. */
    LEVEL,
    /** Only goes up. */
    COUNTER,
    /** A distribution of times, in the buckets of the semantic conventions. */
    HISTOGRAM
  }

  private static final Map<String, Instrument> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Instrument::text, Function.identity()));

  private final String name;
  private final Kind kind;
  private final String unit;
  private final String meaning;
  private final List<AllowedAttribute> labels;

  Instrument(String name, Kind kind, String unit, String meaning, AllowedAttribute... labels) {
    this.name = name;
    this.kind = kind;
    this.unit = unit;
    this.meaning = meaning;
    this.labels = List.of(labels);
  }

  static Optional<Instrument> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** True for a scope whose metrics of this name are ours, or the SDK's own. */
  boolean isMadeBy(String scope) {
    return compareTo(SDK_SEEN) < 0
        ? scope.equals(SpanRedactor.SCOPE)
        : scope.startsWith("io.opentelemetry.");
  }

  /** As OpenTelemetry knows it. */
  public String text() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  /** In UCUM. */
  String unit() {
    return unit;
  }

  String meaning() {
    return meaning;
  }

  List<AllowedAttribute> labels() {
    return labels;
  }
}
