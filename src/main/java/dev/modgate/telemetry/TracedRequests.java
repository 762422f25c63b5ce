package dev.modgate.telemetry;

import dev.modgate.edge.RequestObserver;
import dev.modgate.pipeline.Outcome;
import dev.modgate.protocol.Build;
import dev.modgate.store.StoredArtifact;
import dev.modgate.verify.Provenance;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A server span and its time for each request. */
public final class TracedRequests implements RequestObserver {

  private static final String HIT = "hit";

  private final ServerSpans spans;
  private final HttpTimes times;

  public TracedRequests(ServerSpans spans, HttpTimes times) {
    this.spans = spans;
    this.times = times;
  }

  @Override
  public Observation begin(
      String method, String route, Optional<Build> build, Optional<String> traceparent) {
    String known = known(method);
    times.active(known, 1);
    return new Traced(
        spans.begin(method, route, build, traceparent), times, known, route, System.nanoTime());
  }

  @Override
  public void turnedAway(String method, int status, Duration time) {
    times.answered(known(method), "", status, time.toNanos(), 0, Context.root());
  }

  private static String known(String method) {
    return SpanNames.isKnownMethod(method) ? method : "_OTHER";
  }

  private record Traced(ServerSpan span, HttpTimes times, String method, String route, long begun)
      implements Observation {

    @Override
    public String traceId() {
      return span.traceId();
    }

    @Override
    public Outcome call(Callable<Outcome> work) throws Exception {
      Outcome outcome = span.call(work);
      describe(outcome);
      return outcome;
    }

    @Override
    public void known(Outcome outcome) {
      describe(outcome);
    }

    @Override
    public List<Wait> waits() {
      return span.waits();
    }

    @Override
    public void end(int status, long bytes) {
      span.end(status, Optional.empty());
      times.answered(method, route, status, System.nanoTime() - begun, bytes, span.context());
      times.active(method, -1);
    }

    private void found(String cache, String mirror) {
      span.attribute(TextAttribute.CACHE, cache);
      times.found(route, cache);
      // Of a hit the span's own time says when it was sent, and the word hit who had it.
      if (!cache.equals(HIT)) {
        span.attribute(TextAttribute.MIRROR, mirror);
        span.event(SpanEvent.SEND);
      }
    }

    private void describe(Outcome outcome) {
      switch (outcome) {
        case Outcome.Artifact(StoredArtifact stored, String mirror, var _) -> {
          String cache = mirror.equals("store") ? HIT : "miss";
          verdict(stored);
          if (!cache.equals(HIT)) {
            provenance(stored);
          }
          found(cache, mirror);
        }
        case Outcome.Text text -> found(cache(text), text.mirror());
        case Outcome.Absent _ -> span.attribute(TextAttribute.VERDICT, "absent");
        case Outcome.Refused refused -> {
          span.attribute(TextAttribute.VERDICT, "refused");
          span.attribute(TextAttribute.RULE, refused.refusal().rule());
        }
        case Outcome.Unavailable _ -> span.attribute(TextAttribute.VERDICT, "unavailable");
      }
    }

    private void verdict(StoredArtifact stored) {
      span.attribute(TextAttribute.MODULE, stored.version().path().text());
      span.attribute(TextAttribute.VERSION, stored.version().version());
      switch (stored.provenance()) {
        case Provenance.Logged(String _, long treeSize, long _) -> {
          span.attribute(TextAttribute.VERDICT, "proven");
          span.attribute(NumberAttribute.TREE_SIZE, treeSize);
        }
        case Provenance.Unlogged _ -> span.attribute(TextAttribute.VERDICT, "unlogged");
      }
    }

    /** What the span of the first answer says once and for all; the audit log says it of each. */
    private void provenance(StoredArtifact stored) {
      span.attribute(TextAttribute.ARTIFACT, stored.kind().extension());
      span.attribute(TextAttribute.H1, stored.h1().toString());
      span.attribute(NumberAttribute.BYTES, stored.size());
      if (stored.provenance() instanceof Provenance.Logged(String database, long _, long _)) {
        span.attribute(TextAttribute.DATABASE, database);
      }
    }

    private static String cache(Outcome.Text text) {
      return switch (text.lifetime()) {
        case Outcome.Lifetime.Stale _ -> "stale";
        case Outcome.Lifetime.Fresh _, Outcome.Lifetime.Immutable _ ->
            text.mirror().equals("store") ? HIT : "miss";
      };
    }
  }
}
