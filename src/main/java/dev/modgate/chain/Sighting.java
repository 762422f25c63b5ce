package dev.modgate.chain;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of a mirror's own origin.
 *
 * @param presented the certificates that it sent, its own first; also if they were refused
 * @param connection the first one, if there was one
 * @param answers in the order of the requests, redirects included
 */
public record Sighting(
    List<X509Certificate> presented, Optional<Connection> connection, List<Answer> answers) {

  public Sighting {
    presented = List.copyOf(presented);
    answers = List.copyOf(answers);
  }

  /**
   * A connection.
   *
   * @param http such as {@code h2}
   * @param tls such as {@code TLSv1.3}; empty without TLS
   * @param cipher as IANA names it; empty without TLS
   * @param proven the chain from the mirror's certificate up to an authority
   * @param connect from the start of the request to the TCP connection, the name's look-up included
   * @param handshake of TLS; zero without
   */
  public record Connection(
      InetAddress address,
      String http,
      String tls,
      String cipher,
      List<X509Certificate> proven,
      Duration connect,
      Duration handshake) {
    public Connection {
      proven = List.copyOf(proven);
    }
  }

  /**
   * The head of an answer.
   *
   * @param http such as {@code h2}
   * @param headers by lower-case name; those that come twice are joined with a comma
   */
  public record Answer(int status, String http, Map<String, String> headers) {
    public Answer {
      headers = Map.copyOf(headers);
    }
  }
}
