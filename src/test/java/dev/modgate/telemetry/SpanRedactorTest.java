package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpanRedactorTest {

  private static final SpanContext PARENT =
      SpanContext.createFromRemoteParent(
          "0af7651916cd43dd8448eb211c80319c",
          "b7ad6b7169203331",
          TraceFlags.getSampled(),
          TraceState.builder().put("vendor", "state").build());

  private final KnownSecrets secrets = new KnownSecrets();
  private final SpanRedactor redactor = new SpanRedactor(new Scrubber(secrets), "1.2.3");

  @Test
  void redact_whatMayLeave_stays() {
    Span span = span("GET /{module}/@v/{version}.zip");
    span.setAttribute(TextAttribute.MODULE.otel(), "github.com/AzureAD/go");
    span.setAttribute(TextAttribute.H1.otel(), "h1:n4qYNVzXyMzh1JxYQO1VgzRvFVcLdzXVEZL8vAhLKHE=");
    span.setAttribute(NumberAttribute.BYTES.otel(), 1234L);
    span.setStatus(StatusCode.ERROR, "a description");
    span.end();
    SpanData redacted = redactor.redact(data(span));
    assertEquals("GET /{module}/@v/{version}.zip", redacted.getName());
    assertEquals(SpanKind.SERVER, redacted.getKind());
    assertEquals(data(span).getAttributes().asMap(), redacted.getAttributes().asMap());
    assertEquals(data(span).getStartEpochNanos(), redacted.getStartEpochNanos());
    assertEquals(data(span).getEndEpochNanos(), redacted.getEndEpochNanos());
    assertEquals(span.getSpanContext().getTraceId(), redacted.getTraceId());
    assertEquals(span.getSpanContext().getSpanId(), redacted.getSpanId());
    assertEquals(PARENT.getSpanId(), redacted.getParentSpanId());
    assertTrue(redacted.getParentSpanContext().isRemote());
    assertTrue(redacted.getSpanContext().isSampled());
    assertEquals(StatusData.error(), redacted.getStatus());
    assertTrue(redacted.hasEnded());
  }

  @Test
  void redact_traceState_isEmptiedEverywhere() {
    Span span = span("attempt");
    span.addLink(PARENT, Attributes.of(AttributeKey.stringKey("a"), "b"));
    span.end();
    SpanData redacted = redactor.redact(data(span));
    assertFalse(data(span).getSpanContext().getTraceState().isEmpty());
    assertTrue(redacted.getSpanContext().getTraceState().isEmpty());
    assertTrue(redacted.getParentSpanContext().getTraceState().isEmpty());
    assertTrue(redacted.getLinks().getFirst().getSpanContext().getTraceState().isEmpty());
    assertTrue(redacted.getLinks().getFirst().getAttributes().isEmpty());
    assertEquals(PARENT.getTraceId(), redacted.getLinks().getFirst().getSpanContext().getTraceId());
  }

  @Test
  void redact_exception_keepsItsClassOnly() {
    Span span = span("attempt");
    span.addEvent("other");
    span.recordException(new IllegalStateException("message"));
    span.end();
    SpanData redacted = redactor.redact(data(span));
    assertEquals(1, redacted.getEvents().size());
    assertEquals("exception", redacted.getEvents().getFirst().getName());
    assertEquals(
        Attributes.of(AttributeKey.stringKey("exception.type"), "java.lang.IllegalStateException"),
        redacted.getEvents().getFirst().getAttributes());
  }

  @Test
  void redact_eventOfOurs_keepsItsNameItsTimeAndWhatMayLeave() {
    Span span = span("attempt");
    Attributes attributes =
        Attributes.of(
            TextAttribute.BREAKER_STATE.otel(), "open", AttributeKey.stringKey("url.full"), "/x");
    span.addEvent(SpanEvent.BREAKER.text(), attributes, Instant.ofEpochSecond(5, 7));
    span.end();
    EventData event = redactor.redact(data(span)).getEvents().getFirst();
    assertEquals(SpanEvent.BREAKER.text(), event.getName());
    assertEquals(5_000_000_007L, event.getEpochNanos());
    assertEquals(Map.of(TextAttribute.BREAKER_STATE.otel(), "open"), event.getAttributes().asMap());
    assertEquals(0, event.getDroppedAttributesCount());
  }

  @Test
  void redact_whatMayNotLeave_isNotEvenCounted() {
    Span span = span("attempt");
    span.setAttribute("unknown", "value");
    span.setAttribute("modgate.bytes", "a text under the key of a number");
    span.setAttribute(NumberAttribute.BYTES.otel(), -1L);
    span.setAttribute(TextAttribute.CACHE.otel(), "perhaps");
    span.setAttribute(TextAttribute.H1.otel(), "h1:short");
    span.addEvent("unknown");
    span.end();
    SpanData redacted = redactor.redact(data(span));
    assertEquals(Attributes.empty(), redacted.getAttributes());
    assertEquals(0, redacted.getTotalAttributeCount());
    assertEquals(0, redacted.getTotalRecordedEvents());
    assertEquals(0, redacted.getTotalRecordedLinks());
  }

  @Test
  void redact_unknownName_becomesRedacted() {
    Span span = span("GET /github.com/private/module/@v/list");
    span.end();
    assertEquals("redacted", redactor.redact(data(span)).getName());
  }

  @Test
  void redact_scopeWithAttributes_keepsNameAndVersion() {
    Span span = span("attempt");
    span.end();
    InstrumentationScopeInfo scope =
        InstrumentationScopeInfo.builder("dev.modgate")
            .setVersion("other")
            .setSchemaUrl("https://example.com/schema")
            .setAttributes(Attributes.of(AttributeKey.stringKey("a"), "b"))
            .build();
    InstrumentationScopeInfo redacted =
        redactor.redact(scoped(data(span), scope)).getInstrumentationScopeInfo();
    assertEquals(
        InstrumentationScopeInfo.builder("dev.modgate").setVersion("1.2.3").build(), redacted);
  }

  @Test
  void redact_scopeOfOthers_isNotNamed() {
    Span span = span("attempt");
    span.end();
    InstrumentationScopeInfo other = InstrumentationScopeInfo.create("com.example.other");
    assertEquals(
        InstrumentationScopeInfo.create("redacted"),
        redactor.redact(scoped(data(span), other)).getInstrumentationScopeInfo());
  }

  @Test
  void redact_everyStatus_keepsItsCodeOnly() {
    for (StatusCode code : StatusCode.values()) {
      Span span = span("attempt");
      span.setStatus(code, "a description");
      span.end();
      assertEquals(code, redactor.redact(data(span)).getStatus().getStatusCode());
      assertEquals("", redactor.redact(data(span)).getStatus().getDescription());
    }
  }

  @Test
  void redact_spanWithoutAParent_hasNone() {
    Span span =
        SdkTracerProvider.builder()
            .addSpanProcessor(new IdsOnly())
            .build()
            .get("dev.modgate")
            .spanBuilder("attempt")
            .setNoParent()
            .startSpan();
    span.end();
    SpanData redacted = redactor.redact(data(span));
    assertFalse(redacted.getParentSpanContext().isValid());
    assertFalse(redacted.getSpanContext().isRemote());
    assertTrue(redacted.getSpanContext().isValid());
  }

  @Test
  void redact_linkToASpanThatIsNotSampled_saysSo() {
    SpanContext other =
        SpanContext.create(
            PARENT.getTraceId(),
            PARENT.getSpanId(),
            TraceFlags.getDefault(),
            TraceState.getDefault());
    Span span = span("attempt");
    span.addLink(other);
    span.end();
    SpanData redacted = redactor.redact(data(span));
    assertEquals(other, redacted.getLinks().getFirst().getSpanContext());
    assertEquals(1, redacted.getTotalRecordedLinks());
  }

  @Test
  void redact_spanThatGoesOn_hasNotEnded() {
    SpanData redacted = redactor.redact(data(span("attempt")));
    assertFalse(redacted.hasEnded());
  }

  @Test
  void redact_resource_keepsOnlyWhatIsNamed() {
    Resource resource =
        Resource.create(
            Attributes.builder()
                .put("service.name", "build-runner")
                .put("host.name", "not a host name")
                .put("k8s.pod.name", 7L)
                .put("process.command_args", "--token=abc")
                .build());
    ResourceRedactor resources = new ResourceRedactor(new Scrubber(secrets));
    assertEquals(
        Attributes.of(AttributeKey.stringKey("service.name"), "build-runner"),
        resources.redact(resource).getAttributes());
    assertSame(resources.redact(resource), resources.redact(resource));
    assertTrue(resources.redact(Resource.empty()).getAttributes().isEmpty());
  }

  /** Exporters group spans by the identity of both. */
  @Test
  void redact_manySpans_shareResourceAndScope() {
    Span span = span("attempt");
    span.end();
    SpanData one = redactor.redact(data(span));
    SpanData other = redactor.redact(data(span));
    assertSame(one.getResource(), other.getResource());
    assertSame(one.getInstrumentationScopeInfo(), other.getInstrumentationScopeInfo());
  }

  @Test
  void redact_secretRegisteredLater_leavesTheResourceToo() {
    Span span = span("attempt");
    span.end();
    AttributeKey<String> name = AttributeKey.stringKey("telemetry.sdk.name");
    assertEquals("opentelemetry", redactor.redact(data(span)).getResource().getAttribute(name));
    secrets.register("opentelemetry");
    assertEquals("[REDACTED]", redactor.redact(data(span)).getResource().getAttribute(name));
  }

  private static Span span(String name) {
    return SdkTracerProvider.builder()
        .addSpanProcessor(new IdsOnly())
        .build()
        .get("dev.modgate", "1.2.3")
        .spanBuilder(name)
        .setSpanKind(SpanKind.SERVER)
        .setParent(Context.root().with(Span.wrap(PARENT)))
        .startSpan();
  }

  private static SpanData data(Span span) {
    return ((ReadableSpan) span).toSpanData();
  }

  private static SpanData scoped(SpanData span, InstrumentationScopeInfo scope) {
    return new DelegatingSpanData(span) {
      @Override
      public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return scope;
      }
    };
  }
}
