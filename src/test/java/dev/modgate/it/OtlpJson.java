package dev.modgate.it;

import java.util.List;

/**
 * A trace of one span in OTLP's JSON, as anything could send it.
 *
 * @param trace 32 hex digits
 * @param more members of the span, each with its comma
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">the encoding</a>
 */
record OtlpJson(String trace, int milliseconds, String more, List<String> attributes) {

  static final String SERVICE = "stranger";

  static String attribute(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
  }

  /** The body of a request to {@code /v1/traces}. */
  String body() {
    long end = System.currentTimeMillis();
    return """
    {"resourceSpans":[{"resource":{"attributes":[%s]},"scopeSpans":[{"spans":[{
     "traceId":"%s","spanId":"00000000000000f1","name":"request","kind":2,%s
     "startTimeUnixNano":"%d000000","endTimeUnixNano":"%d000000","attributes":[%s]}]}]}]}
    """
        .formatted(
            attribute("service.name", SERVICE),
            trace,
            more,
            end - milliseconds,
            end,
            String.join(",", attributes));
  }
}
