package dev.modgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The attributes of a span that may leave, as they came. The SDK's own would sort them, which costs
 * more than all else that is done to them. Immutable; a key stands in it once, because it did in
 * what it was made from.
 */
final class CleanAttributes implements Attributes {

  /** A key, its value, the next key. */
  private final Object[] pairs;

  private CleanAttributes(Object[] pairs) {
    this.pairs = pairs;
  }

  /** Collects what may leave. */
  static final class Builder {
    private final Object[] pairs;
    private int used;

    /**
     * @param most pairs
     */
    Builder(int most) {
      this.pairs = new Object[2 * most];
    }

    <T> void put(AttributeKey<T> key, T value) {
      pairs[used++] = key;
      pairs[used++] = value;
    }

    Attributes build() {
      return used == 0
          ? Attributes.empty()
          : new CleanAttributes(used == pairs.length ? pairs : Arrays.copyOf(pairs, used));
    }
  }

  // Put in as a pair of one type; the interface wants null for what is absent.
  @SuppressWarnings({"unchecked", "NullAway"})
  @Override
  public <T> T get(AttributeKey<T> key) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(key)) {
        return (T) pairs[i + 1];
      }
    }
    return null;
  }

  @Override
  public void forEach(BiConsumer<? super AttributeKey<?>, ? super Object> consumer) {
    for (int i = 0; i < pairs.length; i += 2) {
      consumer.accept((AttributeKey<?>) pairs[i], pairs[i + 1]);
    }
  }

  @Override
  public int size() {
    return pairs.length / 2;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public Map<AttributeKey<?>, Object> asMap() {
    Map<AttributeKey<?>, Object> map = new LinkedHashMap<>();
    forEach(map::put);
    return Map.copyOf(map);
  }

  @Override
  public AttributesBuilder toBuilder() {
    return Attributes.builder().putAll(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes attributes && asMap().equals(attributes.asMap());
  }

  @Override
  public int hashCode() {
    return asMap().hashCode();
  }

  @Override
  public String toString() {
    return asMap().toString();
  }
}
