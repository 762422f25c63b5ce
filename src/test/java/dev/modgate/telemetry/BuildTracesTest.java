package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.edge.RequestObserver;
import dev.modgate.fake.OtlpCollector;
import dev.modgate.pipeline.Steps;
import dev.modgate.protocol.Build;
import dev.modgate.protocol.TraceContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which trace the requests of a build belong to. */
final class BuildTracesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String OTHER = "1bf7651916cd43dd8448eb211c80319c";
  private static final Build BROUGHT =
      new Build("4711", Optional.of(new TraceContext(TRACE, "b7ad6b7169203331", true)));
  private static final Build BARE = new Build("4711", Optional.empty());

  private final OtlpCollector collector = collector();
  private final Telemetry telemetry =
      Telemetry.start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()), "1").orThrow();
  private Instant now = Instant.parse("2026-11-26T12:00:00Z");
  private final ServerSpans spans =
      new ServerSpans(telemetry.sdk().getTracerProvider().get(SpanRedactor.SCOPE), () -> now);

  @AfterEach
  void stop() {
    telemetry.close();
    collector.close();
  }

  @Test
  void begin_aBuildWithAContext_isInItsTraceBelowItsSpan() {
    assertEquals(TRACE, trace(BROUGHT, Optional.empty()));
    String body = exported();
    assertTrue(body.contains(latin1("b7ad6b7169203331")), "the parent's id");
    assertTrue(body.contains("modgate.build"), body);
  }

  @Test
  void begin_aHeaderOfTheSameTrace_isTheParent() {
    assertEquals(TRACE, trace(BROUGHT, Optional.of("00-" + TRACE + "-c7ad6b7169203331-01")));
    String body = exported();
    assertTrue(body.contains(latin1("c7ad6b7169203331")), "the header's id");
    assertFalse(body.contains(latin1("b7ad6b7169203331")), "the build's id");
  }

  /** Such as that of a proxy in between, which makes a trace of each request. */
  @Test
  void begin_aHeaderOfAnotherTrace_isALink() {
    assertEquals(TRACE, trace(BROUGHT, Optional.of("00-" + OTHER + "-c7ad6b7169203331-01")));
    String body = exported();
    assertTrue(body.contains(latin1("b7ad6b7169203331")), "the build's id");
    assertTrue(body.contains(latin1(OTHER)), "the link");
  }

  @Test
  void begin_aBuildWithoutAContext_hasOneTraceForAllItsRequests() {
    String first = trace(BARE, Optional.empty());
    now = now.plus(BuildRoots.SILENCE).minusSeconds(1);
    assertEquals(first, trace(BARE, Optional.empty()));
    assertNotEquals(first, trace(new Build("4712", Optional.empty()), Optional.empty()));
    assertTrue(exported().contains("\005build"), "a root that exists");
  }

  @Test
  void begin_aBuildWithoutAContextButAHeader_isInTheHeadersTrace() {
    assertEquals(OTHER, trace(BARE, Optional.of("00-" + OTHER + "-c7ad6b7169203331-01")));
  }

  @Test
  void begin_afterALongSilence_isAnotherBuild() {
    String first = trace(BARE, Optional.empty());
    now = now.plus(BuildRoots.SILENCE);
    assertNotEquals(first, trace(BARE, Optional.empty()));
  }

  @Test
  void begin_moreBuildsThanAreRemembered_forgetsTheOldest() {
    String first = trace(BARE, Optional.empty());
    for (int i = 0; i < BuildRoots.MOST; i++) {
      String _ = trace(new Build("x" + i, Optional.empty()), Optional.empty());
    }
    assertNotEquals(first, trace(BARE, Optional.empty()));
  }

  @Test
  void waits_ofABuildsRequest_nameWhatWasWaitedFor() throws Exception {
    TracedSteps steps = new TracedSteps(telemetry.childSpans());
    ServerSpan span = spans.begin("GET", "/", Optional.of(BARE), Optional.empty());
    Object _ =
        span.call(() -> steps.in(Steps.Step.WAIT, () -> steps.in(Steps.Step.HASH, () -> "")));
    assertEquals(List.of("hashing"), names(span));

    ServerSpan joined = spans.begin("GET", "/", Optional.of(BARE), Optional.empty());
    Object _ = joined.call(() -> steps.in(Steps.Step.WAIT, () -> ""));
    assertEquals(List.of("another request for the same"), names(joined));

    ServerSpan nobodys = spans.begin("GET", "/", Optional.empty());
    Object _ = nobodys.call(() -> steps.in(Steps.Step.HASH, () -> ""));
    assertEquals(List.of(), names(nobodys));
  }

  @Test
  void buildSpan_ofAParent_isBelowIt() {
    BuildSpan span = telemetry.buildSpan("4711", BROUGHT.context());
    assertEquals(TRACE, span.context().traceId());
    assertTrue(span.context().sampled());
    span.end(3);
    assertTrue(exported().contains("exit-3"));
  }

  private static List<String> names(ServerSpan span) {
    return span.waits().stream().map(RequestObserver.Wait::on).toList();
  }

  private String trace(Build build, Optional<String> header) {
    ServerSpan span = spans.begin("GET", "/", Optional.of(build), header);
    span.end(200, Optional.empty());
    return span.traceId();
  }

  /** Everything that has arrived, as Latin-1. */
  private String exported() {
    telemetry.sdk().getSdkTracerProvider().forceFlush().join(5, TimeUnit.SECONDS);
    StringBuilder text = new StringBuilder();
    collector.bodies().forEach(body -> text.append(new String(body, ISO_8859_1)));
    return text.toString();
  }

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
