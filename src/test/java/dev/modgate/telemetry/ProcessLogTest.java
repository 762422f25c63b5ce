package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.document.DocumentReader;
import dev.modgate.document.JsonPointer;
import dev.modgate.document.Node;
import dev.modgate.fake.OtlpCollector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** What is logged inside a request, as it is printed and as a collector gets it. */
final class ProcessLogTest {

  private static final Logger LOG = Logger.getLogger("modgate.test");

  /** Keeps lines as the console would print them. */
  private static final class Console extends Handler implements AutoCloseable {
    private final List<String> lines = new ArrayList<>();

    Console() {
      setFormatter(new SimpleFormatter());
      Logger.getLogger("").addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
      lines.add(getFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      Logger.getLogger("").removeHandler(this);
    }
  }

  @Test
  void json_insideARequest_hasItsTrace() {
    try (Console console = new Console();
        Telemetry telemetry = start(Map.of(), LogStyle.JSON)) {
      ServerSpan span = telemetry.serverSpans().begin("GET", "/", Optional.empty());
      span.run(() -> LOG.log(Level.WARNING, "mirror {0} is\nslow", "corp"));
      span.end(200, Optional.empty());
      Node line = only(console);
      assertEquals("mirror corp is slow", text(line, "/message"));
      assertEquals("warn", text(line, "/level"));
      assertEquals("modgate.test", text(line, "/logger"));
      assertEquals(span.traceId(), text(line, "/trace"));
      assertTrue(text(line, "/span").matches("[0-9a-f]{16}"));
    }
  }

  @Test
  void json_outsideARequest_hasNone() {
    try (Console console = new Console();
        Telemetry telemetry = start(Map.of(), LogStyle.JSON)) {
      assertFalse(telemetry.isExporting());
      LOG.log(Level.SEVERE, "while ending", new IllegalStateException("s3cret of a library"));
      Node line = only(console);
      assertEquals("java.lang.IllegalStateException", text(line, "/exception"));
      assertEquals(Optional.empty(), JsonPointer.parse("/trace").orThrow().in(line));
      assertFalse(console.lines.getFirst().contains("s3cret"), console.lines::toString);
      assertTrue(console.lines.getFirst().contains("ProcessLogTest"), "where it was thrown");
    }
  }

  @Test
  void collector_gets_whatIsSaidOfUs_andNothingOfTheSdk() throws IOException {
    try (OtlpCollector collector = new OtlpCollector()) {
      String trace;
      try (Telemetry telemetry =
          start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()), LogStyle.TEXT)) {
        ServerSpan span = telemetry.serverSpans().begin("GET", "/", Optional.empty());
        trace = span.traceId();
        span.run(() -> LOG.log(Level.WARNING, "mirror {0} is slow", "corp"));
        Logger.getLogger("io.opentelemetry.exporter.any").warning("export failed");
        span.end(200, Optional.empty());
      }
      StringBuilder logs = new StringBuilder();
      collector.bodies("/v1/logs").forEach(body -> logs.append(new String(body, ISO_8859_1)));
      assertTrue(logs.toString().contains("mirror corp is slow"), logs::toString);
      assertTrue(logs.toString().contains("modgate.test"), logs::toString);
      assertTrue(logs.toString().contains(new String(bytes(trace), ISO_8859_1)), "the trace's id");
      assertFalse(logs.toString().contains("export failed"), logs::toString);
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static Telemetry start(Map<String, String> environment, LogStyle style) {
    return Telemetry.start(environment, "1", new KnownSecrets(), style).orThrow();
  }

  private static Node only(Console console) {
    assertEquals(1, console.lines.size(), console.lines::toString);
    return DocumentReader.json(console.lines.getFirst().getBytes(ISO_8859_1)).orThrow();
  }

  private static String text(Node line, String pointer) {
    Node found = JsonPointer.parse(pointer).orThrow().in(line).orElseThrow();
    return assertInstanceOf(Node.Text.class, found).value();
  }
}
