package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mirror on loopback that says everything it knows: whatever it is asked, it repeats the secrets
 * that it was shown, in headers and bodies, in the encoding that the module's name asks for. It
 * never serves anything true, but for zips behind a signed redirect.
 */
final class CanaryMirror implements AutoCloseable {

  private static final Pattern ASKED =
      Pattern.compile("/canary\\.test/([a-z]+)-([a-z0-9_]+)/@v/.*");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<CanaryDoor, LeakDetector> canaries;
  private final List<CanaryDoor> doors;
  private final Map<String, byte[]> signed = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> shown = new ConcurrentHashMap<>();
  private final Map<CanaryDoor, AtomicInteger> echoes = new ConcurrentHashMap<>();

  /**
   * @param doors whose secrets it knows
   */
  CanaryMirror(Map<CanaryDoor, LeakDetector> canaries, List<CanaryDoor> doors) throws IOException {
    this.canaries = canaries;
    this.doors = doors;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** {@code 127.0.0.1:PORT}. */
  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** A zip that is only found behind a redirect with a signature. */
  void serveSigned(String path, byte[] zip) {
    signed.put(path, zip);
  }

  /** How often it was shown this value of a header. */
  int shown(String header, String value) {
    return shown.getOrDefault(header + ": " + value, new AtomicInteger()).get();
  }

  /** How often it has said the secret of a door. */
  int echoes(CanaryDoor door) {
    return echoes.getOrDefault(door, new AtomicInteger()).get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      exchange.getRequestBody().readAllBytes();
      for (String header : List.of("Authorization", "X-Auth-Token")) {
        exchange
            .getRequestHeaders()
            .getOrDefault(header, List.of())
            .forEach(value -> count(shown, header + ": " + value));
      }
      Matcher asked = ASKED.matcher(path);
      if (path.equals("/api/login")) {
        exchange
            .getResponseHeaders()
            .add("X-Auth-Token", of(CanaryDoor.LOGIN_TOKEN, Encoding.PLAIN));
        exchange.sendResponseHeaders(201, -1);
      } else if (path.startsWith("/signed/")) {
        answer(exchange, 200, signed.getOrDefault(path.substring(7), new byte[0]));
      } else if (asked.matches()) {
        Encoding encoding = Encoding.valueOf(asked.group(2).toUpperCase(Locale.ROOT));
        answer(exchange, asked.group(1), path, encoding);
      } else {
        answer(exchange, 404, words(Encoding.PLAIN));
      }
    }
  }

  private void answer(HttpExchange exchange, String kind, String path, Encoding encoding)
      throws IOException {
    for (CanaryDoor door : doors) {
      exchange.getResponseHeaders().add("X-You-Showed", of(door, encoding));
      exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=" + of(door, encoding));
    }
    switch (kind) {
      case "signed" -> {
        String query = "?X-Amz-Signature=" + inQuery(CanaryDoor.REDIRECT_SIGNATURE, encoding);
        // Only the zip is there.
        String there = path.endsWith(".zip") ? "/signed" + path : "http://127.0.0.1:1" + path;
        exchange.getResponseHeaders().add("Location", there + query);
        exchange.sendResponseHeaders(302, -1);
      }
      case "absent" -> answer(exchange, 404, words(encoding));
      case "error" -> answer(exchange, 500, words(encoding));
      case "denied" -> answer(exchange, 403, words(encoding));
      case "lie" -> lie(exchange, path, encoding);
      default -> answer(exchange, 404, words(Encoding.PLAIN));
    }
  }

  /**
   * In place of an artifact. A piece of a secret may be an ordinary word there, so that it is no
   * reason to refuse a document; what nobody told modgate would be evidence there, and is kept.
   */
  private void lie(HttpExchange exchange, String path, Encoding encoding) throws IOException {
    Encoding whole = encoding == Encoding.FRAGMENT ? Encoding.PLAIN : encoding;
    answer(exchange, 200, path.endsWith(".info") ? info(whole) : echo(whole).getBytes(UTF_8));
  }

  /** As a careless mirror would say where it has a module from. */
  private byte[] info(Encoding encoding) {
    String secret = of(doors.getFirst(), encoding).replace("\\", "\\\\").replace("\"", "\\\"");
    return """
    {"Version":"v1.0.0","Time":"2026-01-02T03:04:05Z",
     "Origin":{"VCS":"git","URL":"https://ci:%s@git.test/m","Ref":"%1$s"}}
    """
        .formatted(secret)
        .getBytes(UTF_8);
  }

  private byte[] words(Encoding encoding) {
    String foreign = "token=" + of(CanaryDoor.FOREIGN_TOKEN, encoding) + "\n";
    return (echo(encoding) + foreign).getBytes(UTF_8);
  }

  private String echo(Encoding encoding) {
    StringBuilder words = new StringBuilder("not found: module canary.test: you showed\n");
    doors.forEach(door -> words.append(of(door, encoding)).append('\n'));
    return words.toString();
  }

  private String of(CanaryDoor door, Encoding encoding) {
    count(echoes, door);
    LeakDetector canary = canaries.get(door);
    if (canary == null) {
      throw new IllegalArgumentException("no canary for " + door);
    }
    return canary.encode(encoding);
  }

  /** What a query can't hold stands there as %XX. */
  private String inQuery(CanaryDoor door, Encoding encoding) {
    return of(door, encoding).replace("\"", "%22").replace("\\", "%5C").replace("+", "%2B");
  }

  private static <K> void count(Map<K, AtomicInteger> counts, K key) {
    counts.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
