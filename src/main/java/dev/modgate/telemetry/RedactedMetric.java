package dev.modgate.telemetry;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;

/**
 * The ticket to a reader of metrics: rebuilt by {@link MetricRedactor}, with the words of {@link
 * Instrument} in place of those that came. The typed getters of {@link MetricData} read the data
 * that is here.
 */
final class RedactedMetric implements MetricData {

  private final Instrument instrument;
  private final MetricDataType type;
  private final Data<?> data;
  private final InstrumentationScopeInfo scope;
  private final Resource resource;

  RedactedMetric(
      Instrument instrument,
      MetricDataType type,
      Data<?> data,
      InstrumentationScopeInfo scope,
      Resource resource) {
    this.instrument = instrument;
    this.type = type;
    this.data = data;
    this.scope = scope;
    this.resource = resource;
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return scope;
  }

  @Override
  public String getName() {
    return instrument.text();
  }

  @Override
  public String getDescription() {
    return instrument.meaning();
  }

  @Override
  public String getUnit() {
    return instrument.unit();
  }

  @Override
  public MetricDataType getType() {
    return type;
  }

  @Override
  public Data<?> getData() {
    return data;
  }
}
