package dev.modgate.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modgate.verify.sumdb.LogSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An honest mirror on loopback that relays one log and keeps no account of its requests, so that it
 * can take very many.
 */
public final class FakeMirror implements AutoCloseable {

  private final LogSource log;
  private final String relay;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile boolean withoutModules;

  /**
   * @param database the log's name
   */
  public FakeMirror(LogSource log, String database) throws IOException {
    this.log = log;
    this.relay = "/sumdb/" + database;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void serve(FakeModule module) {
    files.put(module.base() + ".info", module.info());
    files.put(module.base() + ".mod", module.goMod());
    files.put(module.base() + ".zip", module.zip());
  }

  public void forgetModules() {
    files.clear();
  }

  /** Every file of a module is answered with 500; the log is relayed all the same. */
  public void withoutModules(boolean without) {
    withoutModules = without;
  }

  /** Answers a request, also one that another server of the test has taken. */
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith(relay + "/")) {
        relay(exchange, path.substring(relay.length()));
      } else if (withoutModules) {
        send(exchange, 500, new byte[0]);
      } else {
        Optional<byte[]> file = Optional.ofNullable(files.get(path));
        send(exchange, file.isPresent() ? 200 : 404, file.orElse(new byte[0]));
      }
    }
  }

  private void relay(HttpExchange exchange, String path) throws IOException {
    if (path.equals("/supported")) {
      send(exchange, 200, new byte[0]);
      return;
    }
    switch (log.get(path)) {
      case LogSource.Answer.Body(byte[] bytes) -> send(exchange, 200, bytes);
      case LogSource.Answer.Missing(int status, String _) -> send(exchange, status, new byte[0]);
      case LogSource.Answer.Failed _ -> send(exchange, 500, new byte[0]);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
