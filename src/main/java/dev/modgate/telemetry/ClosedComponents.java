package dev.modgate.telemetry;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lets the SDK find only the parts that modgate ships. Another library on the class path could
 * otherwise add a processor, an exporter or a propagator of its own that sees spans before they are
 * redacted; the start fails instead.
 */
final class ClosedComponents implements ComponentLoader {

  private static final Set<String> KNOWN =
      Set.of(
          "io.opentelemetry.sdk.autoconfigure.EnvironmentResourceProvider",
          "io.opentelemetry.sdk.autoconfigure.ServiceInstanceIdResourceProvider",
          "io.opentelemetry.exporter.otlp.internal.OtlpSpanExporterProvider",
          "io.opentelemetry.exporter.otlp.internal.OtlpMetricExporterProvider",
          "io.opentelemetry.exporter.otlp.internal.OtlpLogRecordExporterProvider",
          "io.opentelemetry.exporter.sender.okhttp.internal.OkHttpHttpSenderProvider",
          "io.opentelemetry.exporter.sender.okhttp.internal.OkHttpGrpcSenderProvider");

  private final ComponentLoader loader;

  ClosedComponents(ComponentLoader loader) {
    this.loader = loader;
  }

  @Override
  public <T> Iterable<T> load(Class<T> type) {
    List<T> parts = new ArrayList<>();
    for (T part : loader.load(type)) {
      String name = part.getClass().getName();
      if (!KNOWN.contains(name)) {
        throw new ConfigurationException(
            name + " on the class path is unknown and could see spans before they are redacted");
      }
      parts.add(part);
    }
    return parts;
  }
}
