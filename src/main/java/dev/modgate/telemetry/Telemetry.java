package dev.modgate.telemetry;

import dev.modgate.protocol.TraceContext;
import dev.modgate.telemetry.TelemetrySettings.Signal;
import dev.modgate.verify.Parsed;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * OpenTelemetry, started and locked. Spans have valid ids always; they leave only if the {@code
 * OTEL_*} variables ask for it, and only rebuilt by {@code SpanRedactor}.
 */
public final class Telemetry implements AutoCloseable {

  /** How long {@link #close} waits for the last spans to leave, in seconds. */
  private static final int CLOSE_SECONDS = 5;

  private final OpenTelemetrySdk sdk;
  private final TelemetrySettings settings;
  private final Redaction redaction;
  private final Tracer tracer;
  private final Metrics metrics;
  private final HttpTimes times;
  private final Runnable release;

  private Telemetry(
      OpenTelemetrySdk sdk,
      TelemetrySettings settings,
      Redaction redaction,
      String version,
      PrometheusMetricReader reader,
      Runnable release) {
    this.sdk = sdk;
    Meter meter =
        sdk.getMeterProvider()
            .meterBuilder(SpanRedactor.SCOPE)
            .setInstrumentationVersion(version)
            .build();
    this.metrics = new Metrics(meter, reader);
    this.times = new HttpTimes(meter, metrics);
    this.settings = settings;
    this.redaction = redaction;
    this.tracer = sdk.getTracerProvider().get(SpanRedactor.SCOPE, version);
    this.release = release;
    measure();
  }

  private void measure() {
    metrics.counter(Instrument.REDACTIONS, redaction::redactions);
    metrics.counters(
        Instrument.SIGNALS_DROPPED,
        MetricLabel.REASON,
        () ->
            Map.of(
                "failed", redaction.dropped().failed(),
                "unredacted", redaction.dropped().unredacted()));
  }

  /** With no secret known so far, and a log for people. */
  public static Parsed<Telemetry> start(Map<String, String> environment, String version) {
    return start(environment, version, new KnownSecrets());
  }

  /** With a log for people. */
  static Parsed<Telemetry> start(
      Map<String, String> environment, String version, KnownSecrets secrets) {
    return start(environment, version, secrets, LogStyle.TEXT);
  }

  /** With all names of modules. */
  static Parsed<Telemetry> start(
      Map<String, String> environment, String version, KnownSecrets secrets, LogStyle log) {
    return start(environment, version, secrets, log, ModuleNames.shown());
  }

  /**
   * Starts the SDK; sets no global and registers no shutdown hook.
   *
   * @param environment of the process; its {@code OTEL_*} variables count, and {@code
   *     otel/README.md} says which are fixed
   * @param version of modgate
   * @param secrets of this process; those of the exporter's own headers are added while this runs
   * @param log how this process prints its log while this runs
   * @param names what leaves of the paths of modules
   * @return or one sentence that names the wrong variable and shows no header
   */
  public static Parsed<Telemetry> start(
      Map<String, String> environment,
      String version,
      KnownSecrets secrets,
      LogStyle log,
      ModuleNames names) {
    ComponentLoader parts = ComponentLoader.forClassLoader(Telemetry.class.getClassLoader());
    return start(environment, version, new Redaction(secrets, names, version), secrets, log, parts);
  }

  static Parsed<Telemetry> start(
      Map<String, String> environment,
      String version,
      KnownSecrets secrets,
      LogStyle log,
      ComponentLoader parts) {
    Redaction redaction = new Redaction(secrets, ModuleNames.shown(), version);
    return start(environment, version, redaction, secrets, log, parts);
  }

  private static Parsed<Telemetry> start(
      Map<String, String> environment,
      String version,
      Redaction redaction,
      KnownSecrets secrets,
      LogStyle log,
      ComponentLoader parts) {
    return TelemetrySettings.read(environment)
        .then(settings -> start(settings, version, redaction, secrets, log, parts));
  }

  private static Parsed<Telemetry> start(
      TelemetrySettings settings,
      String version,
      Redaction redaction,
      KnownSecrets secrets,
      LogStyle style,
      ComponentLoader parts) {
    List<KnownSecrets.Registration> registrations = new ArrayList<>();
    settings.secrets().forEach(secret -> registrations.add(secrets.register(secret)));
    OnceAMinute.quietenDrops();
    LogBridge bridge = new LogBridge();
    ScrubbedLog log = ScrubbedLog.install(redaction.scrubber(), style, bridge);
    Runnable release =
        () -> {
          log.close();
          registrations.forEach(KnownSecrets.Registration::close);
        };
    try {
      PrometheusMetricReader reader =
          PrometheusMetricReader.builder().setOtelScopeLabelsEnabled(false).build();
      OpenTelemetrySdk sdk = sdk(settings, redaction, reader, new ClosedComponents(parts));
      if (settings.exported().contains(Signal.LOGS)) {
        bridge.to(sdk.getLogsBridge().get(SpanRedactor.SCOPE));
      }
      return Parsed.valid(new Telemetry(sdk, settings, redaction, version, reader, release));
    } catch (ConfigurationException refused) {
      String reason = redaction.scrubber().scrub(sentence(refused));
      release.run();
      return Parsed.invalid(reason);
    }
  }

  private static OpenTelemetrySdk sdk(
      TelemetrySettings settings,
      Redaction redaction,
      PrometheusMetricReader reader,
      ComponentLoader parts) {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook()
        .setComponentLoader(parts)
        .addPropertiesCustomizer(_ -> settings.properties())
        .addResourceCustomizer((resource, _) -> redaction.resource(resource))
        .addTracerProviderCustomizer((spans, _) -> spans.addSpanProcessor(new IdsOnly()))
        .addMeterProviderCustomizer(
            (meters, _) -> meters.registerMetricReader(redaction.lock(reader)))
        .addLogRecordExporterCustomizer((exporter, _) -> redaction.lock(exporter))
        .addMetricExporterCustomizer((exporter, _) -> redaction.lock(exporter))
        .addSpanExporterCustomizer((exporter, _) -> redaction.lock(exporter))
        .addSpanProcessorCustomizer((processor, _) -> redaction.lock(processor))
        .build()
        .getOpenTelemetrySdk();
  }

  private static String sentence(ConfigurationException refused) {
    Throwable reason = Optional.ofNullable(refused.getCause()).orElse(refused);
    return "OpenTelemetry does not start: %s (%s)"
        .formatted(refused.getMessage(), reason.getClass().getSimpleName())
        .replaceAll("\\p{Cntrl}", " ");
  }

  /** True if spans leave the process. */
  public boolean isExporting() {
    return settings.exported().contains(Signal.TRACES);
  }

  /** Numbers for whoever asks the admin listener. */
  public Metrics metrics() {
    return metrics;
  }

  /** Times of requests, here and at mirrors. */
  public HttpTimes httpTimes() {
    return times;
  }

  /** Spans for requests that come in. */
  public ServerSpans serverSpans() {
    return new ServerSpans(tracer, InstantSource.system());
  }

  /**
   * Begins the span of a whole build.
   *
   * @param parent what the build itself is a part of
   */
  public BuildSpan buildSpan(String id, Optional<TraceContext> parent) {
    Context above =
        parent
            .map(known -> Context.root().with(Span.wrap(ServerSpans.context(known))))
            .orElse(Context.root());
    OpenSpan open =
        new OpenSpan(
            tracer
                .spanBuilder(SpanName.BUILD.text())
                .setSpanKind(SpanName.BUILD.kind())
                .setParent(above)
                .startSpan());
    return new BuildSpan(open.attribute(TextAttribute.BUILD, id));
  }

  /** Spans for what is done inside a request. */
  public ChildSpans childSpans() {
    return new ChildSpans(tracer);
  }

  /** How many spans the redaction has dropped so far. */
  public DroppedSpans dropped() {
    return redaction.dropped();
  }

  /**
   * The same executor, with each task running in the trace of the thread that handed it over.
   * Closing it closes the given one.
   */
  public static ExecutorService propagating(ExecutorService executor) {
    return Context.taskWrapping(executor);
  }

  /** The trace that this thread works for: 32 small hex digits; nothing outside a request. */
  public static Optional<String> currentTraceId() {
    return current().map(SpanContext::getTraceId);
  }

  /**
   * The value of the {@code traceparent} header for a request that this thread sends
   * (www.w3.org/TR/trace-context/#traceparent-header); nothing outside a request. There is no
   * {@code tracestate} and no baggage.
   */
  public static Optional<String> traceparent() {
    return current()
        .map(span ->
            "00-%s-%s-%s"
                .formatted(span.getTraceId(), span.getSpanId(), span.isSampled() ? "01" : "00"));
  }

  private static Optional<SpanContext> current() {
    SpanContext current = Span.current().getSpanContext();
    return current.isValid() ? Optional.of(current) : Optional.empty();
  }

  /** Sends what waits, for at most {@value #CLOSE_SECONDS} seconds, and stops. */
  @Override
  public void close() {
    sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    release.run();
  }

  OpenTelemetrySdk sdk() {
    return sdk;
  }
}
