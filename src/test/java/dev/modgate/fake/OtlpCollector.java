package dev.modgate.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * A collector on loopback that takes OTLP over HTTP and keeps the raw bytes of every request body
 * (unpacked if they came as gzip). It accepts, answers an error that echoes the Authorization
 * header, or hangs until it is closed.
 */
public final class OtlpCollector implements AutoCloseable {

  private enum Mood {
    ACCEPT,
    REFUSE,
    HANG
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private volatile Mood mood = Mood.ACCEPT;

  public OtlpCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on answers 401 with a body that echoes the Authorization header. */
  public void refuse() {
    mood = Mood.REFUSE;
  }

  /** Answers 401 to as many requests as there are words, with each of them once; then accepts. */
  public void refuse(List<String> words) {
    refusals.addAll(words);
  }

  /** How many of those words are still to be said. */
  public int refusalsLeft() {
    return refusals.size();
  }

  /** From now on answers nothing. */
  public void hang() {
    mood = Mood.HANG;
  }

  /** Waits for the first request. */
  public void awaitRequest() throws InterruptedException {
    arrived.await();
  }

  private static final class Sent {
    private final String path;
    private final byte[] body;

    Sent(String path, byte[] body) {
      this.path = path;
      this.body = body;
    }
  }

  /** The body of every request so far. */
  public List<byte[]> bodies() {
    return sent.stream().map(one -> one.body).toList();
  }

  /** The body of every request to a path so far: {@code /v1/traces}, {@code /v1/metrics}, … */
  public List<byte[]> bodies(String path) {
    return sent.stream().filter(one -> one.path.equals(path)).map(one -> one.body).toList();
  }

  /** Method, path, content type and encoding of every request so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] raw = exchange.getRequestBody().readAllBytes();
      String encoding = header(exchange, "Content-Encoding");
      sent.add(
          new Sent(
              exchange.getRequestURI().getPath(), encoding.equals("gzip") ? unpack(raw) : raw));
      requests.add(
          "%s %s %s %s"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  header(exchange, "Content-Type"),
                  encoding));
      arrived.countDown();
      answer(exchange);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String refusal = refusals.poll();
    if (refusal != null) {
      refuse(exchange, refusal);
      return;
    }
    switch (mood) {
      case ACCEPT -> exchange.sendResponseHeaders(200, -1);
      case REFUSE -> refuse(exchange, header(exchange, "Authorization"));
      case HANG -> awaitClose();
    }
  }

  private static void refuse(HttpExchange exchange, String words) throws IOException {
    byte[] echo = ("not you: " + words).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(401, echo.length);
    exchange.getResponseBody().write(echo);
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String header(HttpExchange exchange, String name) {
    List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static byte[] unpack(byte[] raw) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
      return in.readAllBytes();
    }
  }
}
