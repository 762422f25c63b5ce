package dev.modgate.edge;

import dev.modgate.pipeline.Outcome;
import dev.modgate.protocol.Build;
import dev.modgate.protocol.Request;
import dev.modgate.store.StoredArtifact;
import dev.modgate.verify.Provenance;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is known of one exchange so far; told when it is over. */
final class ServedFacts implements ExchangeCompletionListener {

  private final ServedObserver observer;
  private final String client;

  /** Of {@link System#nanoTime}. */
  private final long start = System.nanoTime();

  private volatile Optional<Request> request = Optional.empty();
  private volatile Optional<Build> build = Optional.empty();
  private volatile Optional<String> traceId = Optional.empty();
  private volatile Optional<Decided> decided = Optional.empty();

  /** What an answer came to, and what it took. */
  private record Decided(Outcome outcome, Duration took, List<RequestObserver.Wait> waits) {}

  /**
   * @param client IP address
   */
  ServedFacts(ServedObserver observer, String client) {
    this.observer = observer;
    this.client = client;
  }

  String client() {
    return client;
  }

  Optional<Build> build() {
    return build;
  }

  void parsed(Request known, Optional<Build> asking) {
    request = Optional.of(known);
    build = asking;
    asking.ifPresent(observer::asked);
  }

  void traced(String id) {
    traceId = Optional.of(id);
  }

  void decided(Outcome outcome, List<RequestObserver.Wait> waits) {
    decided = Optional.of(new Decided(outcome, sinceStart(), waits));
  }

  private Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void exchangeEvent(HttpServerExchange exchange, NextListener next) {
    try {
      observer.served(served(exchange));
    } finally {
      next.proceed();
    }
  }

  private Served served(HttpServerExchange exchange) {
    String method = exchange.getRequestMethod().toString();
    Optional<Outcome> outcome = decided.map(Decided::outcome);
    return new Served(
        method.equals("GET") || method.equals("HEAD") ? method : "OTHER",
        request.map(Request::path),
        exchange.getStatusCode(),
        exchange.getResponseBytesSent(),
        client,
        traceId,
        outcome.flatMap(ServedFacts::h1),
        outcome.flatMap(ServedFacts::mirror),
        request.flatMap(asked -> build.map(asking -> share(asking, asked))),
        carriedBody(exchange) ? outcome.flatMap(ServedFacts::body) : Optional.empty());
  }

  /** Words of our own are none: they come with another status. */
  private static boolean carriedBody(HttpServerExchange exchange) {
    return exchange.getStatusCode() == 200 && exchange.getResponseBytesSent() > 0;
  }

  private static Optional<ServedBody> body(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact(StoredArtifact stored, String _, var _) ->
          Optional.of(new StoredBody(stored));
      case Outcome.Text text -> Optional.of(new TextBody(text.content()));
      case Outcome.Absent _, Outcome.Refused _, Outcome.Unavailable _ -> Optional.empty();
    };
  }

  private BuildShare share(Build asking, Request asked) {
    return new BuildShare(
        asking,
        Subjects.of(asked),
        part(asked),
        decided.map(Decided::took).orElseGet(this::sinceStart),
        decided.map(Decided::waits).orElse(List.of()),
        decided.map(known -> result(known.outcome())).orElse(new BuildShare.Result.Unanswered()));
  }

  private static BuildShare.Part part(Request request) {
    return switch (request) {
      case Request.Zip _ -> BuildShare.Part.ZIP;
      case Request.GoMod _ -> BuildShare.Part.GO_MOD;
      case Request.Info _ -> BuildShare.Part.INFO;
      case Request.Mutable _ -> BuildShare.Part.VERSIONS;
      case Request.AboutDatabase _ -> BuildShare.Part.LOG;
    };
  }

  private static BuildShare.Result result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact(StoredArtifact stored, String _, var _) ->
          standing(stored.provenance());
      case Outcome.Text _ -> new BuildShare.Result.Told();
      case Outcome.Absent _ -> new BuildShare.Result.Absent();
      case Outcome.Refused(var refusal) ->
          new BuildShare.Result.Refused(refusal.rule(), refusal.reason(), refusal.advice());
      case Outcome.Unavailable(var _, String reason) -> new BuildShare.Result.Unavailable(reason);
    };
  }

  private static BuildShare.Result standing(Provenance provenance) {
    return switch (provenance) {
      case Provenance.Logged(String database, long treeSize, long _) ->
          new BuildShare.Result.Proven(database, treeSize);
      case Provenance.Unlogged _ -> new BuildShare.Result.Exempt();
    };
  }

  private static Optional<String> h1(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact(StoredArtifact stored, String _, var _) ->
          Optional.of(stored.h1().toString());
      case Outcome.Text _, Outcome.Absent _, Outcome.Refused _, Outcome.Unavailable _ ->
          Optional.empty();
    };
  }

  private static Optional<String> mirror(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact(StoredArtifact _, String mirror, var _) -> Optional.of(mirror);
      case Outcome.Text text -> Optional.of(text.mirror());
      case Outcome.Absent _, Outcome.Refused _, Outcome.Unavailable _ -> Optional.empty();
    };
  }
}
