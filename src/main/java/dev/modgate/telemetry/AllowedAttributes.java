package dev.modgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All attributes that may leave on a span. Others are absent, as if never set. */
public final class AllowedAttributes {

  private static final Map<AttributeKey<?>, AllowedAttribute> BY_KEY = byKey();

  private AllowedAttributes() {}

  /** In the order of the documentation. */
  public static List<AllowedAttribute> all() {
    List<AllowedAttribute> all = new ArrayList<>(List.of(TextAttribute.values()));
    all.addAll(List.of(NumberAttribute.values()));
    return List.copyOf(all);
  }

  /** A copy with only what may leave: the key, its type and the value each have to be right. */
  static Attributes clean(Attributes attributes, Scrubber scrubber) {
    if (attributes.isEmpty()) {
      return Attributes.empty();
    }
    CleanAttributes.Builder cleaned = new CleanAttributes.Builder(attributes.size());
    attributes.forEach((key, value) -> clean(key, value, scrubber, cleaned));
    return cleaned.build();
  }

  private static void clean(
      AttributeKey<?> key, Object value, Scrubber scrubber, CleanAttributes.Builder cleaned) {
    // A key is equal to another of the same name and type.
    AllowedAttribute allowed = BY_KEY.get(key);
    if (allowed instanceof TextAttribute text && value instanceof String string) {
      text.clean(string, scrubber).ifPresent(clean -> cleaned.put(text.otel(), clean));
    } else if (allowed instanceof NumberAttribute number
        && value instanceof Long count
        && number.allows(count)) {
      cleaned.put(number.otel(), count);
    }
  }

  private static Map<AttributeKey<?>, AllowedAttribute> byKey() {
    Map<AttributeKey<?>, AllowedAttribute> byKey = new HashMap<>();
    for (TextAttribute text : TextAttribute.values()) {
      byKey.put(text.otel(), text);
    }
    for (NumberAttribute number : NumberAttribute.values()) {
      byKey.put(number.otel(), number);
    }
    return Map.copyOf(byKey);
  }
}
