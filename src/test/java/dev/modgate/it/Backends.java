package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The real Zipkin, Prometheus and Collectors, with the project's configuration, on loopback. */
final class Backends implements AutoCloseable {

  private static final Path OTEL = Path.of("otel").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Process> processes = new ArrayList<>();
  private final String zipkin;
  private String prometheus = "";

  /**
   * A Collector's ports.
   *
   * @param otlp for OTEL_EXPORTER_OTLP_ENDPOINT
   * @param metrics where Prometheus reads, HOST:PORT
   */
  record Collector(String otlp, String metrics, String self) {}

  /** Starts Zipkin. */
  Backends(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    int port = freePort();
    this.zipkin = "http://127.0.0.1:" + port;
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    start(
        "zipkin",
        Map.of(),
        List.of(
            java,
            "-Xmx256m",
            "-Darmeria.ports[0].ip=127.0.0.1",
            "-Darmeria.ports[0].port=" + port,
            "-Darmeria.ports[0].protocols[0]=http",
            "-jar",
            tool("zipkin").orElseThrow()));
    await(zipkin + "/health", _ -> true);
  }

  /** Where {@code otel/tools} has put a part, if it has. */
  static Optional<String> tool(String part) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(OTEL + "/tools", "--path", part).start();
    String path = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return process.waitFor() == 0 ? Optional.of(path) : Optional.empty();
  }

  /**
   * Starts a Collector in front of Zipkin.
   *
   * @param percent of the traces that it keeps although nothing is the matter with them
   */
  Collector collector(String name, int percent) throws IOException, InterruptedException {
    return collector(name, percent, Map.of("ZIPKIN", zipkin));
  }

  private Collector collector(String name, int percent, Map<String, String> backend)
      throws IOException, InterruptedException {
    Collector collector =
        new Collector("http://127.0.0.1:" + freePort(), address(), "127.0.0.1:" + freePort());
    String health = address();
    Map<String, String> environment = new HashMap<>(backend);
    environment.put("COLLECTOR_HTTP", collector.otlp.substring("http://".length()));
    environment.put("COLLECTOR_GRPC", address());
    environment.put("COLLECTOR_METRICS", collector.metrics);
    environment.put("COLLECTOR_SELF", collector.self.substring("127.0.0.1:".length()));
    environment.put("COLLECTOR_HEALTH", health);
    environment.put("SAMPLE_PERCENT", Integer.toString(percent));
    environment.put("DECISION_WAIT", "2s");
    environment.put("SPAN_METRICS_FLUSH", "1s");
    start(
        name,
        environment,
        List.of(tool("collector").orElseThrow(), "--config", OTEL + "/collector.yaml"));
    await("http://" + health + "/", _ -> true);
    return collector;
  }

  /**
   * Jaeger's address, and a Collector in front of it.
   *
   * @param http of its query API
   */
  record Jaeger(String http, Collector collector) {}

  /** Starts Jaeger, with its monitor over Prometheus. */
  Jaeger jaeger() throws IOException, InterruptedException {
    String otlp = address();
    String http = address();
    start(
        "jaeger",
        Map.of(
            "JAEGER",
            otlp,
            "JAEGER_HTTP",
            http,
            "JAEGER_GRPC",
            address(),
            "PROMETHEUS",
            prometheus),
        List.of(tool("jaeger").orElseThrow(), "--config", OTEL + "/jaeger.yaml"));
    await("http://" + http + "/api/services", _ -> true);
    Map<String, String> backend = Map.of("JAEGER", otlp, "TRACE_EXPORTERS", "[otlp_grpc/jaeger]");
    return new Jaeger("http://" + http, collector("before-jaeger", 100, backend));
  }

  /** Starts Prometheus with the project's rules and jobs, reading each second. */
  void prometheus(ModgateProcess gate, Collector collector)
      throws IOException, InterruptedException {
    String configuration =
        Files.readString(OTEL.resolve("prometheus.yml"))
            .replace("127.0.0.1:8081", URI.create(gate.admin()).getAuthority())
            .replace("127.0.0.1:8889", collector.metrics)
            .replace("127.0.0.1:8888", collector.self)
            .replace("_interval: 15s", "_interval: 1s")
            .replace("rules.yml", OTEL + "/rules.yml")
            .replace("alerts.yml", OTEL + "/alerts.yml");
    Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
    String address = address();
    prometheus = "http://" + address;
    start(
        "prometheus",
        Map.of(),
        List.of(
            tool("prometheus").orElseThrow(),
            "--config.file=" + file,
            "--storage.tsdb.path=" + folder.resolve("prometheus"),
            "--web.listen-address=" + address,
            "--enable-feature=exemplar-storage"));
    await(prometheus + "/-/ready", _ -> true);
  }

  /** The spans that Zipkin has of a trace, once it has so many. */
  List<Json> spans(String trace, int atLeast) throws IOException, InterruptedException {
    return await(
            zipkin + "/api/v2/trace/" + trace, body -> Json.parse(body).items().size() >= atLeast)
        .map(body -> Json.parse(body).items())
        .orElse(List.of());
  }

  /** The spans that Jaeger has of a trace, once there are some. */
  List<Json> spans(Jaeger jaeger, String trace) throws IOException, InterruptedException {
    return await(jaeger.http + "/api/traces/" + trace, _ -> true)
        .map(body -> Json.parse(body).at("data").items().getFirst().at("spans").items())
        .orElse(List.of());
  }

  /** The series of Jaeger's monitor for a service's requests, once there are some. */
  List<Json> monitor(Jaeger jaeger, String service) throws IOException, InterruptedException {
    String window = "&lookback=600000&step=5000&ratePer=60000";
    return result(
        jaeger.http
            + "/api/metrics/latencies?quantile=0.99&groupByOperation=true&spanKind=server&service="
            + service
            + window,
        "metrics");
  }

  /** What Zipkin has of a trace, as it says it. */
  String trace(String trace) throws IOException, InterruptedException {
    return get(zipkin + "/api/v2/trace/" + trace).body();
  }

  /** True if Zipkin has a span of this trace now. */
  boolean hasTrace(String trace) throws IOException, InterruptedException {
    return get(zipkin + "/api/v2/trace/" + trace).statusCode() == 200;
  }

  /** The series of an expression, once there are some; none if none came. */
  List<Json> query(String expression) throws IOException, InterruptedException {
    return result(prometheus + "/api/v1/query?query=" + encode(expression), "data", "result");
  }

  /** The series of an expression as it is now. */
  List<Json> now(String expression) throws IOException, InterruptedException {
    String url = prometheus + "/api/v1/query?query=" + encode(expression);
    return Json.parse(get(url).body()).at("data", "result").items();
  }

  /** The exemplars of an expression, once there are some. */
  List<Json> exemplars(String expression) throws IOException, InterruptedException {
    String range = "&start=0&end=99999999999";
    List<Json> series =
        result(prometheus + "/api/v1/query_exemplars?query=" + encode(expression) + range, "data");
    return series.stream().flatMap(one -> one.at("exemplars").items().stream()).toList();
  }

  /** The groups of rules, once every rule has been evaluated. */
  List<Json> rules() throws IOException, InterruptedException {
    String url = prometheus + "/api/v1/rules";
    return await(url, body -> !body.contains("\"health\":\"unknown\""))
        .map(body -> Json.parse(body).at("data", "groups").items())
        .orElse(List.of());
  }

  private List<Json> result(String url, String... place) throws IOException, InterruptedException {
    return await(url, body -> !Json.parse(body).at(place).items().isEmpty())
        .map(body -> Json.parse(body).at(place).items())
        .orElse(List.of());
  }

  /** Sends spans as JSON (opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */
  int send(Collector collector, String spans) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(collector.otlp + "/v1/traces"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(spans))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  HttpResponse<String> get(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The first body with status 200 that is good; nothing if none came. */
  private Optional<String> await(String url, Function<String, Boolean> good)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> answer = get(url);
        if (answer.statusCode() == 200 && good.apply(answer.body())) {
          return Optional.of(answer.body());
        }
      } catch (IOException notYet) {
        assertAlive();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return Optional.empty();
  }

  private void assertAlive() {
    for (Process process : processes) {
      if (!process.isAlive()) {
        throw new IllegalStateException("ended: " + process.info() + "; see " + folder);
      }
    }
  }

  private void start(String name, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().putAll(environment);
    processes.add(builder.start());
  }

  private static String address() {
    return "127.0.0.1:" + freePort();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    try {
      for (Process process : processes) {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
