package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An endpoint on loopback that takes lines and says something with each batch, in a header and in
 * the body; the first batch it refuses.
 */
final class CanaryEndpoint implements AutoCloseable {

  private final HttpServer server;
  private final List<String> words;
  private final AtomicInteger batch = new AtomicInteger();
  private final List<byte[]> lines = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  /**
   * @param words of each batch, in turn
   */
  CanaryEndpoint(List<String> words) throws IOException {
    this.words = List.copyOf(words);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/lines";
  }

  /** True once each of the words was said. */
  boolean hasSaidAll() {
    return batch.get() > words.size();
  }

  List<byte[]> lines() {
    return List.copyOf(lines);
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      lines.add(exchange.getRequestBody().readAllBytes());
      authorizations.addAll(
          exchange.getRequestHeaders().getOrDefault("Authorization", List.of("none")));
      int number = batch.getAndIncrement();
      String said = words.get(number % words.size());
      byte[] body = ("you showed " + said).getBytes(UTF_8);
      exchange.getResponseHeaders().add("X-You-Showed", said);
      exchange.sendResponseHeaders(number == 0 ? 401 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
