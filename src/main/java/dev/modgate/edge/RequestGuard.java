package dev.modgate.edge;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.util.Optional;

/**
 * Turns away what no client of the protocol sends: other methods, bodies, ambiguous framing. The
 * connection is closed behind it, because what follows on it can't be trusted to be a request.
 */
final class RequestGuard {

  private RequestGuard() {}

  /**
   * A request that is turned away.
   *
   * @param status of the answer
   * @param words one line
   */
  record Rejection(int status, String words) {}

  static Optional<Rejection> check(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getRequestHeaders();
    // Undertow's own comparison of methods ignores case; RFC 9110 §9.1 does not.
    String method = exchange.getRequestMethod().toString();
    if (!isHttp1(exchange.getProtocol())) {
      return reject(505, "HTTP/1.1 is spoken here");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return reject(405, "only GET and HEAD are allowed");
    }
    if (headers.contains(Headers.TRANSFER_ENCODING) || hasLength(headers)) {
      return reject(400, "a request must not have a body");
    }
    if (headers.contains(Headers.EXPECT)) {
      return reject(417, "no expectations are met here");
    }
    if (!isSingle(headers.get(Headers.HOST))) {
      return reject(400, "exactly one Host header is required");
    }
    if (headers.count(Headers.AUTHORIZATION) > 1) {
      return reject(400, "more than one Authorization header");
    }
    if (exchange.isHostIncludedInRequestURI()) {
      return reject(400, "the request target must be a path");
    }
    if (!exchange.getQueryString().isEmpty()) {
      return reject(400, "the protocol has no queries");
    }
    return Optional.empty();
  }

  private static boolean isHttp1(HttpString protocol) {
    return protocol.equals(Protocols.HTTP_1_1) || protocol.equals(Protocols.HTTP_1_0);
  }

  private static boolean hasLength(HeaderMap headers) {
    HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
    return lengths != null && (lengths.size() != 1 || !lengths.getFirst().equals("0"));
  }

  private static boolean isSingle(HeaderValues host) {
    return host != null && host.size() == 1 && !host.getFirst().isBlank();
  }

  private static Optional<Rejection> reject(int status, String words) {
    return Optional.of(new Rejection(status, words));
  }
}
