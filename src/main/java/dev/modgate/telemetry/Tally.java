package dev.modgate.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Sums by what they are about, read when somebody asks for the metrics: what is counted with every
 * request must cost next to nothing.
 *
 * @param <K> what a sum is about; few different ones
 */
final class Tally<K> {

  private final Map<K, LongAdder> sums = new ConcurrentHashMap<>();
  private final Function<K, Attributes> labels;

  Tally(Function<K, Attributes> labels) {
    this.labels = labels;
  }

  void add(K key, long amount) {
    sums.computeIfAbsent(key, _ -> new LongAdder()).add(amount);
  }

  void observe(ObservableLongMeasurement measurement) {
    sums.forEach((key, sum) -> measurement.record(sum.sum(), labels.apply(key)));
  }
}
