package dev.modgate.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The traces of builds that brought none. The first request of a build opens one, with a span that
 * ends at once; all that follow are its children. A build that has been silent for an hour is
 * another one when it comes again.
 */
final class BuildRoots {

  /** Builds; the one that has been silent for the longest goes. */
  static final int MOST = 1_024;

  static final Duration SILENCE = Duration.ofHours(1);

  private final Tracer tracer;
  private final InstantSource clock;
  private final Map<String, Root> roots = new LinkedHashMap<>(16, 0.75f, true);

  private record Root(SpanContext span, Instant last) {}

  BuildRoots(Tracer tracer, InstantSource clock) {
    this.tracer = tracer;
    this.clock = clock;
  }

  /** The span that the build's requests are children of. */
  synchronized SpanContext of(String id) {
    Instant now = clock.instant();
    SpanContext span =
        Optional.ofNullable(roots.get(id))
            .filter(root -> now.isBefore(root.last().plus(SILENCE)))
            .map(Root::span)
            .orElseGet(() -> open(id));
    roots.put(id, new Root(span, now));
    if (roots.size() > MOST) {
      roots.remove(roots.keySet().iterator().next());
    }
    return span;
  }

  private SpanContext open(String id) {
    Span span =
        tracer
            .spanBuilder(SpanName.BUILD.text())
            .setSpanKind(SpanName.BUILD.kind())
            .setNoParent()
            .startSpan();
    new OpenSpan(span).attribute(TextAttribute.BUILD, id);
    span.end();
    return span.getSpanContext();
  }
}
