package dev.modgate.gateway;

import dev.modgate.protocol.Build;
import dev.modgate.protocol.TraceContext;
import dev.modgate.telemetry.BuildSpan;
import dev.modgate.telemetry.Telemetry;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The trace of one build, made by the command that runs it. */
public final class BuildTrace implements AutoCloseable {

  private final Build build;
  private final TraceContext context;
  private final Optional<BuildSpan> span;
  private final Runnable release;

  private BuildTrace(String id, TraceContext context, Optional<BuildSpan> span, Runnable release) {
    this.build = new Build(id, Optional.of(context));
    this.context = context;
    this.span = span;
    this.release = release;
  }

  /**
   * Begins a trace whose spans leave as the {@code OTEL_*} variables say; without any, there are
   * only ids, and nothing is started.
   *
   * @param id see {@link #isId}
   * @param traceparent as for {@link Gateway#build}
   * @throws IOException if a variable is wrong; the message says which
   */
  public static BuildTrace begin(
      Map<String, String> environment, String version, String id, Optional<String> traceparent)
      throws IOException {
    if (environment.keySet().stream().noneMatch(name -> name.startsWith("OTEL_"))) {
      TraceContext context = traceparent.flatMap(BuildTrace::parse).orElseGet(BuildTrace::random);
      return new BuildTrace(id, context, Optional.empty(), () -> {});
    }
    Map<String, String> spansAlone = new HashMap<>(environment);
    spansAlone.put("OTEL_METRICS_EXPORTER", "none");
    spansAlone.put("OTEL_LOGS_EXPORTER", "none");
    return switch (Telemetry.start(spansAlone, version)) {
      case Parsed.Valid<Telemetry>(Telemetry telemetry) ->
          begin(telemetry, id, traceparent, telemetry::close);
      case Parsed.Invalid<Telemetry>(String reason) -> throw new IOException(reason);
    };
  }

  static BuildTrace begin(Telemetry telemetry, String id, Optional<String> traceparent) {
    return begin(telemetry, id, traceparent, () -> {});
  }

  private static BuildTrace begin(
      Telemetry telemetry, String id, Optional<String> traceparent, Runnable release) {
    Optional<TraceContext> parent = traceparent.flatMap(BuildTrace::parse);
    BuildSpan span = telemetry.buildSpan(id, parent);
    TraceContext shown =
        telemetry.isExporting() ? span.context() : parent.orElseGet(BuildTrace::random);
    return new BuildTrace(id, shown, Optional.of(span), release);
  }

  /**
   * For a build that is a part of nothing and whose own span never leaves. It counts as recorded,
   * so that it is for the gate to say what leaves.
   */
  private static TraceContext random() {
    SecureRandom random = new SecureRandom();
    HexFormat hex = HexFormat.of();
    String trace = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    return new TraceContext(trace, hex.toHexDigits(random.nextLong()), true);
  }

  private static Optional<TraceContext> parse(String traceparent) {
    return switch (TraceContext.parse(traceparent)) {
      case Parsed.Valid<TraceContext>(TraceContext known) -> Optional.of(known);
      case Parsed.Invalid<TraceContext> _ -> Optional.empty();
    };
  }

  /** Whether a build may be called so: 1 to 64 letters, digits, dashes and low lines. */
  public static boolean isId(String text) {
    return Build.isId(text);
  }

  /** What GOPROXY has behind the gate's address: {@code /~ID.CONTEXT}. */
  public String prefix() {
    return build.prefix();
  }

  /** 32 hex digits. */
  public String traceId() {
    return context.traceId();
  }

  /** As a header of that name, and as a variable for what the build itself starts. */
  public String traceparent() {
    return context.traceparent();
  }

  /**
   * The build is over.
   *
   * @param exit code of its command
   */
  public void end(int exit) {
    span.ifPresent(open -> open.end(exit));
  }

  /** Sends what waits. The trace of a gate is closed by the gate. */
  @Override
  public void close() {
    release.run();
  }
}
