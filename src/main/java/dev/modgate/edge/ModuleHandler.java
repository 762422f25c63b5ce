package dev.modgate.edge;

import dev.modgate.pipeline.Client;
import dev.modgate.pipeline.Outcome;
import dev.modgate.pipeline.Pipeline;
import dev.modgate.protocol.Build;
import dev.modgate.protocol.BuildPrefix;
import dev.modgate.protocol.Request;
import dev.modgate.protocol.Target;
import dev.modgate.protocol.TargetParser;
import dev.modgate.verify.Parsed;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * The module listener: guard, parse, answer, send. What is at hand is answered on the I/O thread,
 * also if a file has to be opened that was open a moment ago; anything else on a virtual thread,
 * and then sent on the I/O thread.
 */
final class ModuleHandler implements HttpHandler {

  /** Requests whose answers are being looked for; one more is turned away at once. */
  private static final int MOST = 4096;

  private static final HttpString TRACEPARENT = new HttpString("traceparent");

  private final KnownTargets targets;
  private final Pipeline pipeline;
  private final RequestObserver observer;
  private final ServedObserver served;
  private final ClientAddress addresses;
  private final Executor threads;
  private final Semaphore room = new Semaphore(MOST);

  ModuleHandler(
      TargetParser targets,
      Pipeline pipeline,
      RequestObserver observer,
      ServedObserver served,
      ClientAddress addresses,
      Executor threads) {
    this.targets = new KnownTargets(targets);
    this.pipeline = pipeline;
    this.observer = observer;
    this.served = served;
    this.addresses = addresses;
    this.threads = threads;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    ServedFacts facts = new ServedFacts(served, addresses.of(exchange));
    exchange.addExchangeCompleteListener(facts);
    Optional<RequestGuard.Rejection> rejection = RequestGuard.check(exchange);
    if (rejection.isPresent()) {
      turnedAway(exchange);
      Responses.reject(exchange, rejection.get().status(), rejection.get().words());
      return;
    }
    switch (BuildPrefix.read(exchange.getRequestURI())) {
      case Parsed.Valid<BuildPrefix.Addressed>(BuildPrefix.Addressed(var build, String target)) ->
          route(exchange, target, build, facts);
      case Parsed.Invalid<BuildPrefix.Addressed>(String reason) -> {
        turnedAway(exchange);
        Responses.reject(exchange, 400, reason);
      }
    }
  }

  private void route(
      HttpServerExchange exchange, String target, Optional<Build> build, ServedFacts facts)
      throws Exception {
    switch (targets.parse(target)) {
      case Target.Known(Request request) -> admit(exchange, request, build, facts);
      case Target.Malformed(String reason) -> {
        turnedAway(exchange);
        Responses.reject(exchange, 400, reason);
      }
      case Target.NotServed() -> {
        turnedAway(exchange);
        Responses.plain(exchange, 404, "not part of the GOPROXY protocol");
      }
      case Target.UnknownDatabase() -> {
        turnedAway(exchange);
        Responses.plain(exchange, 403, "modgate does not relay this checksum database");
      }
    }
  }

  private void turnedAway(HttpServerExchange exchange) {
    long begun = System.nanoTime();
    exchange.addExchangeCompleteListener((done, next) -> {
      observer.turnedAway(
          done.getRequestMethod().toString(),
          done.getStatusCode(),
          Duration.ofNanos(System.nanoTime() - begun));
      next.proceed();
    });
  }

  private void admit(
      HttpServerExchange exchange, Request request, Optional<Build> build, ServedFacts facts)
      throws Exception {
    facts.parsed(request, build);
    Optional<String> parent =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(TRACEPARENT));
    RequestObserver.Observation observation =
        observer.begin(exchange.getRequestMethod().toString(), request.route(), build, parent);
    facts.traced(observation.traceId());
    exchange.addExchangeCompleteListener((done, next) -> {
      observation.end(done.getStatusCode(), done.getResponseBytesSent());
      next.proceed();
    });
    Client client =
        new Client(
            observation.traceId(), facts.client(), "anonymous", facts.build().map(Build::id));
    Optional<Outcome> atHand = pipeline.answerAtOnce(request, client);
    if (atHand.isPresent()) {
      observation.known(atHand.get());
      decided(atHand.get(), request, observation, facts).handleRequest(exchange);
    } else if (room.tryAcquire()) {
      exchange.dispatch(
          threads,
          later -> {
            Outcome outcome = answer(request, client, observation);
            later.dispatch(later.getIoThread(), decided(outcome, request, observation, facts));
          });
    } else {
      Responses.busy(exchange);
    }
  }

  /** Gives its place back: who sends the answer, however slowly, needs none. */
  private Outcome answer(Request request, Client client, RequestObserver.Observation observation)
      throws Exception {
    try {
      return observation.call(() -> pipeline.answer(request, client));
    } finally {
      room.release();
    }
  }

  private static HttpHandler decided(
      Outcome outcome,
      Request request,
      RequestObserver.Observation observation,
      ServedFacts facts) {
    HttpHandler send = Responses.of(outcome, request, observation.traceId());
    facts.decided(outcome, observation.waits());
    return send;
  }
}
