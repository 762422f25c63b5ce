package dev.modgate.edge;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Optional;

/** The admin listener: alive, ready, status. */
final class AdminHandler implements HttpHandler {

  private final AdminStatus status;

  AdminHandler(AdminStatus status) {
    this.status = status;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    Optional<RequestGuard.Rejection> rejection = RequestGuard.check(exchange);
    if (rejection.isPresent()) {
      Responses.reject(exchange, rejection.get().status(), rejection.get().words());
      return;
    }
    switch (exchange.getRequestURI()) {
      case "/healthz" -> Responses.plain(exchange, 200, "alive");
      case "/readyz" ->
          status
              .notReady()
              .ifPresentOrElse(
                  reason -> Responses.plain(exchange, 503, reason),
                  () -> Responses.plain(exchange, 200, "ready"));
      case "/status" -> {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(status.json());
      }
      default -> Responses.plain(exchange, 404, "try /healthz, /readyz or /status");
    }
  }
}
