package dev.modgate.verify.sumdb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** A map that forgets what was not asked for longest when it is full. Safe for many threads. */
final class Recent<K, V> {

  private final Map<K, V> entries;

  /**
   * @param capacity the most entries, at least 1
   */
  Recent(int capacity) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Puts the value, or what {@code merge} makes of the present one and it. */
  synchronized void put(K key, V value, BinaryOperator<V> merge) {
    entries.merge(key, value, merge);
  }
}
