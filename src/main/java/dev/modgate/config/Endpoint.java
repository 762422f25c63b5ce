package dev.modgate.config;

import dev.modgate.verify.Parsed;
import java.net.Inet6Address;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a listener binds to.
 *
 * @param host an IPv4 or IPv6 address (without brackets) or a host name
 * @param port 0 to 65535; 0 is any free one
 */
public record Endpoint(String host, int port) {

  private static final Pattern BRACKETED = Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})]:(\\d{1,5})");
  private static final Pattern PLAIN =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9.-]{0,252}):(\\d{1,5})");

  /** Reads {@code HOST:PORT} and {@code [IPV6]:PORT}; the reason does not repeat the text. */
  public static Parsed<Endpoint> parse(String text) {
    Matcher bracketed = BRACKETED.matcher(text);
    if (bracketed.matches()) {
      String host = bracketed.group(1);
      return Literal.parse(host).filter(Inet6Address.class::isInstance).isPresent()
          ? of(host, bracketed.group(2))
          : Parsed.invalid("holds no IPv6 address in its brackets");
    }
    Matcher plain = PLAIN.matcher(text);
    if (!plain.matches()) {
      return Parsed.invalid("is not HOST:PORT");
    }
    String host = plain.group(1);
    boolean address = host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return address && Literal.parse(host).isEmpty()
        ? Parsed.invalid("holds no IPv4 address")
        : of(host, plain.group(2));
  }

  private static Parsed<Endpoint> of(String host, String digits) {
    int port = Integer.parseInt(digits);
    return port <= 65535
        ? Parsed.valid(new Endpoint(host, port))
        : Parsed.invalid("has a port above 65535");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
