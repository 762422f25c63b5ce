package dev.modgate.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modgate.verify.sumdb.LogSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a log over HTTP on a free port of the loopback address, below a prefix: {@code
 * PREFIX/supported}, {@code PREFIX/latest}, {@code PREFIX/lookup/…}, {@code PREFIX/tile/…}.
 */
public final class FakeLogServer implements AutoCloseable {

  private final LogSource log;
  private final String prefix;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param prefix empty, or a path such as {@code /sumdb/log.test}
   */
  public FakeLogServer(LogSource log, String prefix) throws IOException {
    this.log = log;
    this.prefix = prefix;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Without a slash at the end; the log stands at {@code uri() + "/latest"} and so on. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + prefix);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      // Percent-escapes are decoded once: go sends "!" in both forms.
      String path = exchange.getRequestURI().getPath();
      if (!path.startsWith(prefix + "/") || !exchange.getRequestMethod().equals("GET")) {
        send(exchange, 404, text("not found"));
      } else if (path.equals(prefix + "/supported")) {
        send(exchange, 200, new byte[0]);
      } else {
        switch (log.get(path.substring(prefix.length()))) {
          case LogSource.Answer.Body(byte[] bytes) -> send(exchange, 200, bytes);
          case LogSource.Answer.Missing(int status, String text) ->
              send(exchange, status, text(text));
          case LogSource.Answer.Failed(String reason) -> send(exchange, 500, text(reason));
        }
      }
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] text(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
