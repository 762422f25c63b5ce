package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.OtlpCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the decorators of other rooms use. */
final class ServerSpansTest {

  private static final String INCOMING = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

  private final OtlpCollector collector = collector();
  private final Telemetry telemetry =
      Telemetry.start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()), "1").orThrow();

  @AfterEach
  void stop() {
    telemetry.close();
    collector.close();
  }

  @Test
  void begin_withTraceparent_goesOnWithThatTrace() {
    ServerSpan span = begin(INCOMING + "01");
    assertEquals("0af7651916cd43dd8448eb211c80319c", span.traceId());
    span.end(200, Optional.empty());
    String body = exported();
    assertTrue(body.contains(latin1("b7ad6b7169203331")), "the parent's id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void begin_malformedTraceparent_beginsANewTrace(String traceparent) {
    ServerSpan span = begin(traceparent);
    assertTrue(span.traceId().matches("[0-9a-f]{32}"));
    assertNotEquals("0af7651916cd43dd8448eb211c80319c", span.traceId());
    assertFalse(span.traceId().matches("0{32}"));
  }

  @Test
  void traceparent_insideARequest_isOfThisTraceAndWithoutState() {
    ServerSpan span = begin(INCOMING + "01");
    List<String> seen = new ArrayList<>();
    span.run(() -> Telemetry.traceparent().ifPresent(seen::add));
    assertTrue(
        seen.getFirst().matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01"),
        seen::toString);
    assertFalse(seen.getFirst().contains("b7ad6b7169203331"));
  }

  @Test
  void traceparent_parentIsNotSampled_staysSo() {
    List<String> seen = new ArrayList<>();
    begin(INCOMING + "00").run(() -> Telemetry.traceparent().ifPresent(seen::add));
    assertTrue(seen.getFirst().endsWith("-00"), seen::toString);
  }

  @Test
  void currentTraceId_outsideARequest_isNothing() {
    assertEquals(Optional.empty(), Telemetry.currentTraceId());
    assertEquals(Optional.empty(), Telemetry.traceparent());
  }

  @Test
  void wrap_onAnotherThread_hasTheRequestThere() throws Exception {
    ServerSpan span = begin(INCOMING + "01");
    List<Optional<String>> seen = new ArrayList<>();
    Thread thread = Thread.ofVirtual().start(span.wrap(() -> seen.add(Telemetry.currentTraceId())));
    thread.join();
    assertEquals(List.of(Optional.of(span.traceId())), seen);
  }

  @Test
  void propagating_taskHandedOver_runsInTheSameTrace() throws Exception {
    ServerSpan span = begin(INCOMING + "01");
    List<Optional<String>> seen = new ArrayList<>();
    try (ExecutorService plain = Executors.newVirtualThreadPerTaskExecutor()) {
      span.run(() -> plain.execute(() -> seen.add(Telemetry.currentTraceId())));
    }
    try (ExecutorService propagating =
        Telemetry.propagating(Executors.newVirtualThreadPerTaskExecutor())) {
      span.run(() -> propagating.execute(() -> seen.add(Telemetry.currentTraceId())));
    }
    assertEquals(List.of(Optional.empty(), Optional.of(span.traceId())), seen);
  }

  @ParameterizedTest
  @CsvSource({"GET, GET, GET", "HEAD, HEAD, HEAD", "POST, HTTP, _OTHER", "get, HTTP, _OTHER"})
  void end_anyMethod_isNamedByItsRoute(String method, String name, String attribute) {
    telemetry
        .serverSpans()
        .begin(method, "/{module}/@v/list", Optional.empty())
        .attribute(TextAttribute.MODULE, "golang.org/x/mod")
        .attribute(NumberAttribute.BYTES, 10)
        .end(200, Optional.empty());
    String body = exported();
    assertTrue(body.contains(name + " /{module}/@v/list"), body);
    assertTrue(body.contains(field("http.request.method", attribute)), body);
    assertTrue(body.contains(field("http.route", "/{module}/@v/list")), body);
    assertTrue(body.contains(field("modgate.module", "golang.org/x/mod")), body);
    assertTrue(body.contains("modgate.bytes"), body);
  }

  @Test
  void end_unknownRoute_isNotShown() {
    telemetry
        .serverSpans()
        .begin("GET", "/private.example.com/module/@v/list", Optional.empty())
        .end(200, Optional.empty());
    assertFalse(exported().contains("private.example.com"));
    assertTrue(exported().contains("redacted"));
  }

  @ParameterizedTest
  @CsvSource({
    "200, , false",
    "404, , false",
    "403, denied, false",
    "502, , true",
    "503, open, true"
  })
  void end_status_failsFrom500(int status, String errorType, boolean failed) {
    Optional<String> type = Optional.ofNullable(errorType);
    begin("").end(status, type);
    String body = exported();
    // Status of a span: field 15, a message with code 2 in its field 3.
    assertEquals(failed, body.contains("z\u0002\u0018\u0002"), body);
    assertEquals(failed || type.isPresent(), body.contains("error.type"), body);
    String expected = type.orElse(String.valueOf(status));
    assertEquals(failed || type.isPresent(), body.contains(field("error.type", expected)), body);
  }

  @Test
  void in_childWork_isAChildAndReturnsItsResult() throws Exception {
    ServerSpan span = begin(INCOMING + "01");
    List<String> seen = new ArrayList<>();
    span.run(() -> {
      String result =
          telemetry
              .childSpans()
              .in(
                  SpanName.ATTEMPT,
                  open -> {
                    seen.add(open.traceId());
                    Telemetry.traceparent().ifPresent(seen::add);
                    open.attribute(TextAttribute.MIRROR, "corp");
                    return "result";
                  });
      seen.add(result);
    });
    assertEquals(span.traceId(), seen.getFirst());
    assertEquals("result", seen.getLast());
    assertTrue(exported().contains("attempt"));
    String spanId = seen.get(1).split("-", -1)[2];
    assertTrue(exported().contains(latin1(spanId)), "the outgoing header names this attempt");
  }

  @Test
  void in_workThrows_failsWithTheClassOnly() {
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                telemetry
                    .childSpans()
                    .in(
                        SpanName.VERIFY,
                        _ -> {
                          throw new IOException("a message with a secret");
                        }));
    assertEquals("a message with a secret", thrown.getMessage());
    String body = exported();
    assertTrue(body.contains(field("error.type", "java.io.IOException")), body);
    assertFalse(body.contains("a message with a secret"));
  }

  private ServerSpan begin(String traceparent) {
    return telemetry.serverSpans().begin("GET", "/", Optional.of(traceparent));
  }

  /** Everything that has arrived, as Latin-1. */
  private String exported() {
    telemetry.sdk().getSdkTracerProvider().forceFlush().join(5, TimeUnit.SECONDS);
    StringBuilder text = new StringBuilder();
    collector.bodies().forEach(body -> text.append(new String(body, ISO_8859_1)));
    return text.toString();
  }

  /** A text attribute as protobuf writes it. */
  private static String field(String key, String value) {
    return key + "\u0012" + (char) (value.length() + 2) + "\n" + (char) value.length() + value;
  }

  /** The bytes of an id, which is hex in headers and raw in protobuf. */
  private static String latin1(String hex) {
    return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
  }

  private static OtlpCollector collector() {
    try {
      return new OtlpCollector();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
