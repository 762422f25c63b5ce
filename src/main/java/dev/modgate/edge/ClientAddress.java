package dev.modgate.edge;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * The address that the audit log names: the peer's own, or the one that a trusted peer vouches for
 * in {@code X-Go-Proxy-Client-IP}.
 */
final class ClientAddress {

  private static final HttpString VOUCHED = new HttpString("X-Go-Proxy-Client-IP");

  private final Predicate<InetAddress> trusted;

  ClientAddress(Predicate<InetAddress> trusted) {
    this.trusted = trusted;
  }

  String of(HttpServerExchange exchange) {
    InetAddress peer = exchange.getSourceAddress().getAddress();
    HeaderValues vouched = exchange.getRequestHeaders().get(VOUCHED);
    if (vouched != null && vouched.size() == 1 && trusted.test(peer)) {
      String address = vouched.getFirst().strip();
      if (isAddress(address)) {
        return address;
      }
    }
    return peer.getHostAddress();
  }

  /** The shape of an IPv4 or IPv6 literal, which is looked up nowhere. */
  private static boolean isAddress(String text) {
    return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}");
  }
}
