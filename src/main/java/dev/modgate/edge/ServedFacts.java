package dev.modgate.edge;

import dev.modgate.pipeline.Outcome;
import dev.modgate.protocol.Request;
import dev.modgate.store.StoredArtifact;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.util.Optional;

/** What is known of one exchange so far; told when it is over. */
final class ServedFacts implements ExchangeCompletionListener {

  private final ServedObserver observer;
  private final String client;
  private volatile Optional<Request> request = Optional.empty();
  private volatile Optional<String> traceId = Optional.empty();
  private volatile Optional<Outcome> outcome = Optional.empty();

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

  void parsed(Request known) {
    request = Optional.of(known);
  }

  void traced(String id) {
    traceId = Optional.of(id);
  }

  void decided(Outcome known) {
    outcome = Optional.of(known);
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
    return new Served(
        method.equals("GET") || method.equals("HEAD") ? method : "OTHER",
        request.map(Request::path),
        exchange.getStatusCode(),
        exchange.getResponseBytesSent(),
        client,
        traceId,
        outcome.flatMap(ServedFacts::h1),
        outcome.flatMap(ServedFacts::mirror),
        carriedBody(exchange) ? outcome.flatMap(ServedFacts::body) : Optional.empty());
  }

  /** Words of our own are none: they come with another status. */
  private static boolean carriedBody(HttpServerExchange exchange) {
    return exchange.getStatusCode() == 200 && exchange.getResponseBytesSent() > 0;
  }

  private static Optional<ServedBody> body(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact(StoredArtifact stored, String _) -> Optional.of(new StoredBody(stored));
      case Outcome.Text text -> Optional.of(new TextBody(text.content()));
      case Outcome.Absent _, Outcome.Refused _, Outcome.Unavailable _ -> Optional.empty();
    };
  }

  private static Optional<String> h1(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact(StoredArtifact stored, String _) -> Optional.of(stored.h1().toString());
      case Outcome.Text _, Outcome.Absent _, Outcome.Refused _, Outcome.Unavailable _ ->
          Optional.empty();
    };
  }

  private static Optional<String> mirror(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Artifact(StoredArtifact _, String mirror) -> Optional.of(mirror);
      case Outcome.Text text -> Optional.of(text.mirror());
      case Outcome.Absent _, Outcome.Refused _, Outcome.Unavailable _ -> Optional.empty();
    };
  }
}
