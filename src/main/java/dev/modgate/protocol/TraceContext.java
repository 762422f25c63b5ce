package dev.modgate.protocol;

import dev.modgate.verify.Parsed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A W3C trace context of version 00, read strictly: small hex digits, and no id of zeros alone.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits: the span that what follows is caused by
 * @param sampled whether that span was recorded
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a>
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

  private static final Pattern FORM =
      Pattern.compile("00-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})");

  /** Reads a {@code traceparent}; the reason does not repeat the text. */
  public static Parsed<TraceContext> parse(String traceparent) {
    Matcher form = FORM.matcher(traceparent);
    return form.matches()
        ? Parsed.valid(
            new TraceContext(
                form.group(1), form.group(2), (Integer.parseInt(form.group(3), 16) & 1) == 1))
        : Parsed.invalid("a trace context has the form 00-TRACE-SPAN-FLAGS in small hex digits");
  }

  /** As a {@code traceparent}; of the flags only "sampled" is kept. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }
}
