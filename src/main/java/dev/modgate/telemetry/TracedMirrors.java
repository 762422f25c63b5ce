package dev.modgate.telemetry;

import dev.modgate.chain.Failure;
import dev.modgate.chain.Mirror;
import dev.modgate.chain.MirrorObserver;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Spans for attempts, and events on the span that a decision was made in. */
public final class TracedMirrors implements MirrorObserver {

  private final ChildSpans spans;
  private final HttpTimes times;

  public TracedMirrors(ChildSpans spans, HttpTimes times) {
    this.spans = spans;
    this.times = times;
  }

  @Override
  public Mirror watched(Mirror mirror, URI url) {
    return new TracedMirror(mirror, Optional.of(url), spans, times);
  }

  /** One that is not asked by HTTP. */
  public Mirror watched(Mirror mirror) {
    return new TracedMirror(mirror, Optional.empty(), spans, times);
  }

  @Override
  public void retried(String mirror, Failure because) {
    event(
        SpanEvent.RETRY,
        Attributes.of(
            TextAttribute.MIRROR.otel(), mirror, TextAttribute.ERROR_TYPE.otel(), because.type()));
  }

  @Override
  public void breaker(String mirror, String state) {
    event(
        SpanEvent.BREAKER,
        Attributes.of(
            TextAttribute.MIRROR.otel(),
            mirror,
            TextAttribute.BREAKER_STATE.otel(),
            state.toLowerCase(Locale.ROOT)));
  }

  private static void event(SpanEvent event, Attributes attributes) {
    new OpenSpan(Span.current()).event(event, attributes);
  }
}
