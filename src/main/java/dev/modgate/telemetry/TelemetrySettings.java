package dev.modgate.telemetry;

import dev.modgate.verify.Parsed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the SDK is started with.
 *
 * @param exported what leaves
 * @param properties in the SDK's own names; they win over variables and system properties of the
 *     process
 * @param secrets values of headers for the collector
 */
record TelemetrySettings(
    Set<Signal> exported, Map<String, String> properties, List<String> secrets) {

  /** What may leave, by the words of the variables. */
  enum Signal {
    TRACES,
    METRICS,
    LOGS
  }

  /** Spans that may wait for the exporter: some 10 MB, and a second of heavy load. */
  private static final String MAX_QUEUE_SIZE = "8192";

  /** Spans in one message to the collector: about 1 MB, where collectors take 4 or more. */
  private static final String MAX_BATCH_SIZE = "2048";

  static Parsed<TelemetrySettings> read(Map<String, String> environment) {
    return OtelVariables.read(environment).then(variables -> Parsed.valid(settings(variables)));
  }

  private static TelemetrySettings settings(Map<String, String> variables) {
    if (variables.getOrDefault("OTEL_SDK_DISABLED", "false").equals("true")) {
      return new TelemetrySettings(Set.of(), properties(Map.of(), Set.of()), List.of());
    }
    Set<Signal> exported = EnumSet.noneOf(Signal.class);
    for (Signal signal : Signal.values()) {
      if (isExported(signal, variables)) {
        exported.add(signal);
      }
    }
    return new TelemetrySettings(
        Set.copyOf(exported), properties(variables, exported), secrets(variables));
  }

  /** On if an exporter is named, or else if a collector is. */
  private static boolean isExported(Signal signal, Map<String, String> variables) {
    return Optional.ofNullable(variables.get("OTEL_" + signal.name() + "_EXPORTER"))
        .map(exporter -> !exporter.equals("none"))
        .orElse(
            variables.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
                || variables.containsKey("OTEL_EXPORTER_OTLP_" + signal.name() + "_ENDPOINT"));
  }

  private static Map<String, String> properties(
      Map<String, String> variables, Set<Signal> exported) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    properties.put("otel.bsp.max.queue.size", MAX_QUEUE_SIZE);
    properties.put("otel.bsp.max.export.batch.size", MAX_BATCH_SIZE);
    // A trace that nobody records does not tell others to record it.
    properties.put(
        "otel.traces.sampler",
        exported.contains(Signal.TRACES) ? "parentbased_always_on" : "parentbased_always_off");
    variables.forEach((name, value) -> properties.put(property(name), value));
    // Ids are needed even when nothing leaves, so the SDK itself is never disabled.
    properties.put("otel.sdk.disabled", "false");
    for (Signal signal : Signal.values()) {
      properties.put(
          "otel." + signal.name().toLowerCase(Locale.ROOT) + ".exporter",
          exported.contains(signal) ? "otlp" : "none");
    }
    // Baggage is free text of whoever called.
    properties.put("otel.propagators", "tracecontext");
    // A value that the SDK cuts could hold half a token.
    properties.put("otel.attribute.value.length.limit", "");
    properties.put("otel.span.attribute.value.length.limit", "");
    return Map.copyOf(properties);
  }

  private static String property(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** Each header's value, and what stands behind its scheme. */
  private static List<String> secrets(Map<String, String> variables) {
    List<String> secrets = new ArrayList<>();
    variables.forEach((name, value) -> {
      if (name.endsWith("_HEADERS")
          && OtelVariables.headers(value) instanceof Parsed.Valid<List<String>>(var values)) {
        values.forEach(header -> {
          secrets.add(header);
          secrets.add(header.substring(header.indexOf(' ') + 1));
        });
      }
    });
    return List.copyOf(secrets);
  }
}
