package dev.modgate.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.util.List;

/** A rebuilt distribution: its numbers, and exemplars that are ids and a value alone. */
final class RedactedTimes implements HistogramPointData {

  private final HistogramPointData numbers;
  private final Attributes attributes;
  private final List<DoubleExemplarData> exemplars;

  /**
   * @param point whose attributes and exemplars are not looked at
   */
  RedactedTimes(
      HistogramPointData point, Attributes attributes, List<DoubleExemplarData> exemplars) {
    this.numbers =
        HistogramPointData.create(
            point.getStartEpochNanos(),
            point.getEpochNanos(),
            Attributes.empty(),
            point.getSum(),
            point.hasMin(),
            point.getMin(),
            point.hasMax(),
            point.getMax(),
            point.getBoundaries(),
            point.getCounts());
    this.attributes = attributes;
    this.exemplars = exemplars;
  }

  @Override
  public double getSum() {
    return numbers.getSum();
  }

  @Override
  public long getCount() {
    return numbers.getCount();
  }

  @Override
  public boolean hasMin() {
    return numbers.hasMin();
  }

  @Override
  public double getMin() {
    return numbers.getMin();
  }

  @Override
  public boolean hasMax() {
    return numbers.hasMax();
  }

  @Override
  public double getMax() {
    return numbers.getMax();
  }

  @Override
  public List<Double> getBoundaries() {
    return numbers.getBoundaries();
  }

  @Override
  public List<Long> getCounts() {
    return numbers.getCounts();
  }

  @Override
  public List<DoubleExemplarData> getExemplars() {
    return exemplars;
  }

  @Override
  public long getStartEpochNanos() {
    return numbers.getStartEpochNanos();
  }

  @Override
  public long getEpochNanos() {
    return numbers.getEpochNanos();
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }
}
