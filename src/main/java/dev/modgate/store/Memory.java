package dev.modgate.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * A bounded map in memory that forgets what is of little use; safe for many threads, and none waits
 * for another in it.
 */
public final class Memory<K, V> {

  private final Cache<K, V> cache;

  private Memory(Cache<K, V> cache) {
    this.cache = cache;
  }

  /**
   * Bounded by number.
   *
   * @param most entries
   */
  public static <K, V> Memory<K, V> ofEntries(int most) {
    return new Memory<>(Caffeine.newBuilder().executor(Runnable::run).maximumSize(most).build());
  }

  /**
   * Bounded by size, and each entry by time.
   *
   * @param most bytes of all values together
   * @param size bytes of a value
   * @param lifetime of an entry, since it was put
   * @param nanos the time, as {@link System#nanoTime}
   */
  public static <K, V> Memory<K, V> ofBytes(
      long most, ToIntFunction<V> size, Duration lifetime, LongSupplier nanos) {
    return new Memory<>(
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(nanos::getAsLong)
            .expireAfterWrite(lifetime)
            .maximumWeight(most)
            .weigher((K _, V value) -> size.applyAsInt(value))
            .build());
  }

  /** What was put, unless it is forgotten. */
  public Optional<V> get(K key) {
    return Optional.ofNullable(cache.getIfPresent(key));
  }

  /** Remembers a value in the place of an earlier one. */
  public void put(K key, V value) {
    cache.put(key, value);
  }

  /** Forgets a value. */
  public void remove(K key) {
    cache.invalidate(key);
  }
}
