package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import dev.modgate.verify.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The {@code OTEL_*} variables as an operator may write them
 * (opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables). A refusal names the
 * variable and what it expects, never its value.
 */
final class OtelVariables {

  /**
   * What one variable may be.
   *
   * @param expected ends the sentence "NAME is …"
   */
  private record Rule(Predicate<String> allows, String expected) {}

  private static final Rule EXPORTER = oneOf("otlp", "none");
  private static final Rule BOOLEAN = oneOf("true", "false");
  private static final Rule COUNT =
      new Rule(value -> value.matches("[1-9][0-9]{0,8}"), "a whole number from 1 to 999999999");
  private static final Rule DURATION =
      new Rule(
          value -> value.matches("[0-9]{1,9} ?(ns|us|ms|s|m|h|d)?"),
          "a number of milliseconds, or a number and ms, s, m, h or d");
  private static final Rule ENDPOINT =
      new Rule(
          OtelVariables::isEndpoint,
          "an http or https URL with a host and without user name, query and fragment");
  private static final Rule HEADERS =
      new Rule(
          value -> headers(value).isValid(),
          "a list of name=value with commas between, percent-encoded, printable ASCII");
  private static final Rule PROTOCOL = oneOf("http/protobuf", "grpc");
  private static final Rule COMPRESSION = oneOf("gzip", "none");
  private static final Rule UNSUPPORTED =
      new Rule(_ -> false, "not supported, because a file could go round the redaction");

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          entry("OTEL_SDK_DISABLED", BOOLEAN),
          entry("OTEL_TRACES_EXPORTER", EXPORTER),
          entry("OTEL_METRICS_EXPORTER", EXPORTER),
          entry("OTEL_LOGS_EXPORTER", EXPORTER),
          entry("OTEL_METRIC_EXPORT_INTERVAL", DURATION),
          entry("OTEL_METRIC_EXPORT_TIMEOUT", DURATION),
          entry("OTEL_METRICS_EXEMPLAR_FILTER", oneOf("always_on", "always_off", "trace_based")),
          entry(
              "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
              oneOf("cumulative", "delta", "lowmemory")),
          entry(
              "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
              oneOf("explicit_bucket_histogram")),
          entry("OTEL_BLRP_SCHEDULE_DELAY", DURATION),
          entry("OTEL_BLRP_EXPORT_TIMEOUT", DURATION),
          entry("OTEL_BLRP_MAX_QUEUE_SIZE", COUNT),
          entry("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", COUNT),
          entry(
              "OTEL_TRACES_SAMPLER",
              oneOf(
                  "always_on",
                  "always_off",
                  "traceidratio",
                  "parentbased_always_on",
                  "parentbased_always_off",
                  "parentbased_traceidratio")),
          entry(
              "OTEL_TRACES_SAMPLER_ARG",
              new Rule(v -> v.matches("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?"), "a number from 0 to 1")),
          entry("OTEL_BSP_SCHEDULE_DELAY", DURATION),
          entry("OTEL_BSP_EXPORT_TIMEOUT", DURATION),
          entry("OTEL_BSP_MAX_QUEUE_SIZE", COUNT),
          entry("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", COUNT),
          entry("OTEL_ATTRIBUTE_COUNT_LIMIT", COUNT),
          entry("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", COUNT),
          entry("OTEL_SPAN_EVENT_COUNT_LIMIT", COUNT),
          entry("OTEL_SPAN_LINK_COUNT_LIMIT", COUNT),
          entry("OTEL_EXPORTER_OTLP_ENDPOINT", ENDPOINT),
          entry("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", ENDPOINT),
          entry("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", ENDPOINT),
          entry("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", ENDPOINT),
          entry("OTEL_EXPORTER_OTLP_HEADERS", HEADERS),
          entry("OTEL_EXPORTER_OTLP_TRACES_HEADERS", HEADERS),
          entry("OTEL_EXPORTER_OTLP_METRICS_HEADERS", HEADERS),
          entry("OTEL_EXPORTER_OTLP_LOGS_HEADERS", HEADERS),
          entry("OTEL_EXPORTER_OTLP_PROTOCOL", PROTOCOL),
          entry("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", PROTOCOL),
          entry("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", PROTOCOL),
          entry("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", PROTOCOL),
          entry("OTEL_EXPORTER_OTLP_COMPRESSION", COMPRESSION),
          entry("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", COMPRESSION),
          entry("OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", COMPRESSION),
          entry("OTEL_EXPORTER_OTLP_LOGS_COMPRESSION", COMPRESSION),
          entry("OTEL_EXPORTER_OTLP_TIMEOUT", DURATION),
          entry("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", DURATION),
          entry("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", DURATION),
          entry("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", DURATION),
          entry("OTEL_CONFIG_FILE", UNSUPPORTED),
          entry("OTEL_EXPERIMENTAL_CONFIG_FILE", UNSUPPORTED));

  private OtelVariables() {}

  /**
   * The variables whose names begin with {@code OTEL_} and that have a value (an empty one counts
   * as unset), or a sentence about the first wrong one.
   */
  static Parsed<Map<String, String>> read(Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith("OTEL_") && !value.isBlank()) {
        variables.put(name, value.strip());
      }
    });
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      Rule rule = RULES.get(variable.getKey());
      if (rule != null && !rule.allows.test(variable.getValue())) {
        return Parsed.invalid(sentence(variable.getKey(), rule));
      }
    }
    return Parsed.valid(variables);
  }

  private static String sentence(String name, Rule rule) {
    return rule.equals(UNSUPPORTED)
        ? name + " is " + rule.expected + "."
        : name + " must be " + rule.expected + ".";
  }

  /** The values of a list of headers, decoded; refused if one could not stand in a request. */
  static Parsed<List<String>> headers(String list) {
    List<String> values = new ArrayList<>();
    for (String header : list.split(",", -1)) {
      int equals = header.indexOf('=');
      if (header.isBlank()) {
        continue;
      }
      if (equals < 0 || !isToken(header.substring(0, equals).strip())) {
        return Parsed.invalid("not name=value");
      }
      String value = decode(header.substring(equals + 1).strip());
      if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
        return Parsed.invalid("not printable ASCII");
      }
      values.add(value);
    }
    return Parsed.valid(values);
  }

  /** RFC 9110 §5.6.2. */
  private static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(TextRule.lettersDigitsAnd("!#$%&'*+-.^_`|~"));
  }

  /** As the SDK decodes it; what it can't decode comes out as a character that is refused. */
  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException wrong) {
      return "\0";
    }
  }

  private static boolean isEndpoint(String value) {
    try {
      URI uri = new URI(value);
      return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException wrong) {
      return false;
    }
  }

  private static Rule oneOf(String... values) {
    return new Rule(Set.of(values)::contains, "one of " + String.join(", ", values));
  }
}
