package dev.modgate.telemetry;

import dev.modgate.edge.RequestObserver;
import dev.modgate.pipeline.Outcome;
import dev.modgate.store.StoredArtifact;
import dev.modgate.verify.Provenance;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A server span for each request. */
public final class TracedRequests implements RequestObserver {

  private final ServerSpans spans;

  public TracedRequests(ServerSpans spans) {
    this.spans = spans;
  }

  @Override
  public Observation begin(String method, String route, Optional<String> traceparent) {
    return new Traced(spans.begin(method, route, traceparent));
  }

  private record Traced(ServerSpan span) implements Observation {

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
    public void end(int status) {
      span.end(status, Optional.empty());
    }

    private void describe(Outcome outcome) {
      switch (outcome) {
        case Outcome.Artifact(StoredArtifact stored, String mirror) -> {
          module(stored);
          span.attribute(TextAttribute.MIRROR, mirror);
          span.attribute(TextAttribute.CACHE, mirror.equals("store") ? "hit" : "miss");
        }
        case Outcome.Text text -> {
          span.attribute(TextAttribute.MIRROR, text.mirror());
          span.attribute(TextAttribute.CACHE, cache(text));
        }
        case Outcome.Absent _ -> span.attribute(TextAttribute.VERDICT, "absent");
        case Outcome.Refused refused -> {
          span.attribute(TextAttribute.VERDICT, "refused");
          span.attribute(TextAttribute.RULE, refused.refusal().rule());
        }
        case Outcome.Unavailable _ -> span.attribute(TextAttribute.VERDICT, "unavailable");
      }
    }

    private void module(StoredArtifact stored) {
      span.attribute(TextAttribute.MODULE, stored.version().path().text());
      span.attribute(TextAttribute.VERSION, stored.version().version());
      span.attribute(TextAttribute.ARTIFACT, stored.kind().extension());
      span.attribute(TextAttribute.H1, stored.h1().toString());
      span.attribute(NumberAttribute.BYTES, stored.size());
      switch (stored.provenance()) {
        case Provenance.Logged(String database, long treeSize, long _) -> {
          span.attribute(TextAttribute.VERDICT, "proven");
          span.attribute(TextAttribute.DATABASE, database);
          span.attribute(NumberAttribute.TREE_SIZE, treeSize);
        }
        case Provenance.Unlogged _ -> span.attribute(TextAttribute.VERDICT, "unlogged");
      }
    }

    private static String cache(Outcome.Text text) {
      return switch (text.lifetime()) {
        case Outcome.Lifetime.Stale _ -> "stale";
        case Outcome.Lifetime.Fresh _, Outcome.Lifetime.Immutable _ ->
            text.mirror().equals("store") ? "hit" : "miss";
      };
    }
  }
}
