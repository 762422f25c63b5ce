package dev.modgate.edge;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The admin listener: alive, ready, status, and the one thing that an operator can do. */
final class AdminHandler implements HttpHandler {

  private static final Pattern READMIT =
      Pattern.compile("/mirrors/([A-Za-z0-9.:#_-]{1,255})/readmit");

  private static final Pattern BUILD = Pattern.compile("/builds/([A-Za-z0-9_-]{1,64})");

  /** A page of another site can make a browser POST, but not with a header of its own. */
  private static final HttpString OPERATOR = new HttpString("Modgate-Operator");

  private final AdminStatus status;

  AdminHandler(AdminStatus status) {
    this.status = status;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    if (exchange.getRequestMethod().equals(Methods.POST)) {
      readmit(exchange);
      return;
    }
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
      case "/status" -> json(exchange, status.json());
      case "/metrics" -> {
        AdminStatus.Page page =
            status.metrics(
                Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.ACCEPT)));
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, page.contentType());
        exchange.getResponseSender().send(page.text());
      }
      default -> build(exchange);
    }
  }

  private void build(HttpServerExchange exchange) {
    Matcher path = BUILD.matcher(exchange.getRequestURI());
    if (!path.matches()) {
      Responses.plain(exchange, 404, "try /healthz, /readyz, /status, /metrics or /builds/ID");
      return;
    }
    status
        .build(path.group(1))
        .ifPresentOrElse(
            account -> json(exchange, account),
            () -> Responses.plain(exchange, 404, "no build of that name has asked for anything"));
  }

  private static void json(HttpServerExchange exchange, String object) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(object);
  }

  private void readmit(HttpServerExchange exchange) {
    Matcher path = READMIT.matcher(exchange.getRequestURI());
    if (!path.matches() || exchange.getRequestContentLength() > 0) {
      Responses.plain(exchange, 404, "try /mirrors/NAME/readmit without a body");
    } else if (!exchange.getRequestHeaders().contains(OPERATOR)) {
      Responses.plain(exchange, 403, "say who you are in a header: Modgate-Operator: NAME");
    } else if (status.readmit(path.group(1))) {
      Responses.plain(exchange, 200, "asked again");
    } else {
      Responses.plain(exchange, 404, "no mirror of that name");
    }
  }
}
