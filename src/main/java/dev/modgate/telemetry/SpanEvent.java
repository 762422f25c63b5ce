package dev.modgate.telemetry;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What may have happened at a moment of a span; their attributes are those of spans. */
public enum SpanEvent {
  /** The head of a mirror's answer was there; what follows is the body. */
  FIRST_BYTE("first_byte"),
  /** The answer was decided; what follows is sending it. */
  SEND("send"),
  /** A mirror is asked again. */
  RETRY("retry"),
  /** The breaker of a mirror changed, by what this request saw. */
  BREAKER("breaker");

  private static final Set<String> NAMES =
      Arrays.stream(values()).map(SpanEvent::text).collect(Collectors.toUnmodifiableSet());

  private final String text;

  SpanEvent(String text) {
    this.text = text;
  }

  /** As it stands on the span. */
  public String text() {
    return text;
  }

  static boolean isOne(String name) {
    return NAMES.contains(name);
  }
}
