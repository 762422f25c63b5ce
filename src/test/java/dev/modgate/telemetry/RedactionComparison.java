package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import dev.modgate.fake.OtlpCollector;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The same secrets through the three places where telemetry can be redacted: the edge, the SDK, the
 * Collector. A service that is instrumented as carelessly as can be writes everything that it is
 * sent, and everything that it knows, onto a span. {@code otel/compare-redaction} runs it.
 */
public final class RedactionComparison {

  private static final int REQUESTS = 1000;
  private static final int ROUNDS = 9;

  /** Where a secret is when it could still be kept off a span. */
  private enum Source {
    AUTHORIZATION("a client's `Authorization`"),
    COOKIE("a client's cookie"),
    QUERY("a client's query"),
    HEADER("another header of a client"),
    TRACE_STATE("a client's `tracestate`"),
    EXCEPTION("the message of an exception"),
    STATUS("the description of a status"),
    ATTRIBUTE("an attribute of a library"),
    ALLOWED("an attribute that may leave"),
    NAME("the name of a span");

    private final String words;

    Source(String words) {
      this.words = words;
    }
  }

  /** One way of redacting. */
  private record Way(String name, boolean edge, boolean sdk, boolean collector) {}

  private static final List<Way> WAYS =
      List.of(
          new Way("none", false, false, false),
          new Way("edge (Envoy)", true, false, false),
          new Way("SDK (modgate)", false, true, false),
          new Way("Collector", false, false, true));

  /**
   * What came of one way.
   *
   * @param caught encodings of each source that did not arrive
   */
  private record Result(Way way, Map<Source, Integer> caught, Times times) {}

  /**
   * In nanoseconds.
   *
   * @param request a request
   * @param kept a request and its span, until whoever keeps it has it
   */
  private record Times(long request, long kept) {
    private static final Times NONE = new Times(1, 1);

    private Times best(Times other) {
      return new Times(Math.min(request, other.request), Math.min(kept, other.kept));
    }
  }

  /**
   * One way that is up.
   *
   * @param port where requests go
   * @param sink who keeps the spans
   */
  private record Running(int port, OpenTelemetrySdk sdk, OtlpCollector sink) {}

  private interface Task<T> {
    T in(Running running) throws Exception;
  }

  private final String collector;
  private final String envoy;
  private final Map<Source, LeakDetector> canaries = new EnumMap<>(Source.class);

  private RedactionComparison(String collector, String envoy) {
    this.collector = collector;
    this.envoy = envoy;
    SplittableRandom random = new SplittableRandom(9);
    for (Source source : Source.values()) {
      canaries.put(source, LeakDetector.random(random));
    }
  }

  /** The Collector's program, and Envoy's. */
  public static void main(String[] arguments) throws Exception {
    RedactionComparison comparison = new RedactionComparison(arguments[0], arguments[1]);
    Map<Way, Times> best = new HashMap<>();
    // In turn, so that what else this machine does falls on each of them.
    for (int round = 0; round < ROUNDS; round++) {
      for (Way way : WAYS) {
        best.merge(way, comparison.run(way, running -> comparison.measure(running)), Times::best);
      }
    }
    List<Result> results = new ArrayList<>();
    for (Way way : WAYS) {
      Map<Source, Integer> caught = comparison.run(way, running -> comparison.caught(running));
      results.add(new Result(way, caught, best.getOrDefault(way, Times.NONE)));
    }
    System.out.print(table(results));
    System.exit(0);
  }

  private <T> T run(Way way, Task<T> task) throws Exception {
    try (OtlpCollector sink = new OtlpCollector()) {
      List<Process> processes = new ArrayList<>();
      int receiver = freePort();
      String endpoint = way.collector ? "http://127.0.0.1:" + receiver : sink.endpoint();
      if (way.collector) {
        processes.add(start(receiver, sink.endpoint()));
      }
      OpenTelemetrySdk sdk = sdk(way, endpoint + "/v1/traces");
      HttpServer service = service(sdk);
      int port = service.getAddress().getPort();
      try {
        if (way.edge) {
          int edge = freePort();
          processes.add(startEnvoy(edge, port, sink.endpoint()));
          port = edge;
        }
        return task.in(new Running(port, sdk, sink));
      } finally {
        service.stop(0);
        sdk.close();
        processes.forEach(Process::destroy);
      }
    }
  }

  /** After every request, so that it is known what each of them brought. */
  private Map<Source, Integer> caught(Running running) throws Exception {
    OtlpCollector sink = running.sink;
    Map<Source, Integer> caught = new EnumMap<>(Source.class);
    for (Encoding encoding : Encoding.values()) {
      int before = sink.bodies().size();
      ask(running.port, encoding);
      running.sdk.getSdkTracerProvider().forceFlush().join(10, TimeUnit.SECONDS);
      for (int i = 0; i < 100 && sink.bodies().size() == before; i++) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      // Envoy sends its own spans when it likes.
      TimeUnit.MILLISECONDS.sleep(500);
      List<byte[]> bodies = sink.bodies().subList(before, sink.bodies().size());
      if (bodies.isEmpty()) {
        throw new IllegalStateException("no span arrived");
      }
      for (Source source : Source.values()) {
        boolean arrived = !canary(source).search(bodies).isEmpty();
        caught.merge(source, arrived ? 0 : 1, Integer::sum);
      }
    }
    return caught;
  }

  private Times measure(Running running) throws Exception {
    long begun = System.nanoTime();
    for (int i = 0; i < REQUESTS; i++) {
      ask(running.port, Encoding.PLAIN);
    }
    long request = System.nanoTime() - begun;
    running.sdk.getSdkTracerProvider().forceFlush().join(60, TimeUnit.SECONDS);
    return new Times(request / REQUESTS, (System.nanoTime() - begun) / REQUESTS);
  }

  private void ask(int port, Encoding encoding) throws IOException {
    String request =
        """
        GET /m/@v/v1.0.0.zip?token=%s HTTP/1.1
        Host: localhost
        Connection: close
        X-Encoding: %s
        Authorization: Bearer %s
        Cookie: session=%s
        X-Request-Token: %s
        tracestate: vendor=%s

        """
            .formatted(
                canary(Source.QUERY, encoding).replace("\"", "%22").replace("\\", "%5C"),
                encoding,
                canary(Source.AUTHORIZATION, encoding),
                canary(Source.COOKIE, encoding),
                canary(Source.HEADER, encoding),
                canary(Source.TRACE_STATE, encoding))
            .replace("\n", "\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException(answer);
      }
    }
  }

  private String canary(Source source, Encoding encoding) {
    return canary(source).encode(encoding);
  }

  private LeakDetector canary(Source source) {
    return Optional.ofNullable(canaries.get(source)).orElseThrow();
  }

  private HttpServer service(OpenTelemetrySdk sdk) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, sdk));
    server.start();
    return server;
  }

  private void answer(HttpExchange exchange, OpenTelemetrySdk sdk) throws IOException {
    try (exchange) {
      Encoding encoding =
          Encoding.valueOf(
              exchange.getRequestHeaders().getOrDefault("X-Encoding", List.of("PLAIN")).getFirst());
      Span span =
          sdk.getTracer("careless").spanBuilder("GET " + canary(Source.NAME, encoding)).startSpan();
      span.setAttribute("url.full", exchange.getRequestURI().toString());
      exchange
          .getRequestHeaders()
          .forEach((name, values) ->
              span.setAttribute(
                  AttributeKey.stringArrayKey("http.request.header." + name), values));
      span.setAttribute("http.client.token", canary(Source.ATTRIBUTE, encoding));
      span.setAttribute("modgate.module", canary(Source.ALLOWED, encoding));
      span.recordException(new IllegalStateException(canary(Source.EXCEPTION, encoding)));
      span.setStatus(StatusCode.ERROR, canary(Source.STATUS, encoding));
      span.end();
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private OpenTelemetrySdk sdk(Way way, String endpoint) {
    SpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint)
            .setTimeout(Duration.ofSeconds(30))
            .build();
    KnownSecrets secrets = new KnownSecrets();
    canaries.values().forEach(canary -> secrets.register(canary.canary()));
    Redaction redaction = new Redaction(secrets, ModuleNames.shown(), "1");
    SpanExporter out = way.sdk ? redaction.lock(exporter) : exporter;
    SpanProcessor batch =
        BatchSpanProcessor.builder(out)
            .setMaxQueueSize(REQUESTS * 2)
            .setScheduleDelay(Duration.ofMillis(200))
            .build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(way.sdk ? redaction.lock(batch) : batch)
                .build())
        .build();
  }

  private Process start(int receiver, String sink) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(collector, "--config", "otel/redaction-only.yaml")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("OTLP_ENDPOINT", sink);
    builder.environment().put("LISTEN", "127.0.0.1:" + receiver);
    return listening(builder.start(), receiver);
  }

  private Process startEnvoy(int edge, int service, String sink) throws Exception {
    String collectorPort = sink.substring(sink.lastIndexOf(':') + 1);
    String config =
        Files.readString(Path.of("envoy", "redaction.yaml"))
            .replace("port_value: 10000", "port_value: " + edge)
            .replace("port_value: 8080", "port_value: " + service)
            .replace("port_value: 4318", "port_value: " + collectorPort);
    Path file = Files.writeString(Files.createTempFile("redaction", ".yaml"), config);
    Process process =
        new ProcessBuilder(
                envoy,
                "-c",
                file.toString(),
                "--use-dynamic-base-id",
                "-l",
                "off",
                "--concurrency",
                "1")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return listening(process, edge);
  }

  private static Process listening(Process process, int port) throws Exception {
    for (int i = 0; i < 300; i++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return process;
      } catch (IOException notYet) {
        if (!process.isAlive()) {
          throw new IllegalStateException(
              process.info().command().orElse("a program") + " ended with " + process.exitValue());
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    process.destroy();
    throw new IllegalStateException("nobody listens on " + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String table(List<Result> results) {
    StringBuilder table = new StringBuilder("| of 16 encodings, caught |");
    results.forEach(result -> table.append(' ').append(result.way.name).append(" |"));
    table.append("\n|---|").append("---:|".repeat(results.size())).append('\n');
    for (Source source : Source.values()) {
      table.append("| ").append(source.words).append(" |");
      results.forEach(
          result -> table.append(' ').append(result.caught.getOrDefault(source, 0)).append(" |"));
      table.append('\n');
    }
    Result none = results.getFirst();
    table.append("| a request takes |");
    results.forEach(result ->
        table.append(" %.2f |".formatted((double) result.times.request / none.times.request)));
    table.append("\n| a request takes, and its span until it is kept |");
    results.forEach(
        result -> table.append(" %.2f |".formatted((double) result.times.kept / none.times.kept)));
    return table.append('\n').toString();
  }
}
