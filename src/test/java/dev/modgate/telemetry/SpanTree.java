package dev.modgate.telemetry;

import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * A tree of spans of the real SDK, built out of small choices: secrets and other text stand
 * anywhere in it, in any encoding.
 */
public final class SpanTree {

  /** Well-formed as a module path, a host or the name of a mirror, and live. */
  public static final LeakDetector TOKEN = new LeakDetector("tok3n.of-the-Mirror.Q7xZ90aBcDeFgH");

  /** With what encodings treat specially, and live. */
  public static final LeakDetector KNOWN =
      new LeakDetector("cAm7/Vb\"q0+Zt4~~~-Xw9_Ld2!Rk8$Jp5*Hs1.Ny6");

  /** Nobody told modgate; it never stands in the value of an attribute that may leave. */
  public static final LeakDetector UNKNOWN =
      new LeakDetector("uNk8/Gf\"w3+Pz7~~~-Be6_Tq1!Mv5$Cx9*Rd2.Hj4");

  private static final int MOST_SPANS = 8;
  private static final int MOST_PARTS = 8;

  private static final List<String> KEYS =
      List.of(
          "http.request.header.authorization", "url.full", "Modgate.Module", "exception.message");

  private static final List<TextAttribute> ALLOWED = List.of(TextAttribute.values());
  private static final List<Encoding> ENCODINGS = List.of(Encoding.values());

  private final IntSupplier choices;
  private final Supplier<String> noise;
  private final List<SpanData> ended = new ArrayList<>();

  /**
   * @param choices 0 to 255 each
   * @param noise short texts
   */
  public SpanTree(IntSupplier choices, Supplier<String> noise) {
    this.choices = choices;
    this.noise = noise;
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new CollectingExporter(ended)))
            .build()) {
      Context parent = Context.root();
      for (int i = below(MOST_SPANS); i >= 0; i--) {
        parent = span(provider, parent);
      }
    }
  }

  /** As an exporter would send it if there were no redaction. */
  public byte[] raw() {
    return bytes(ended);
  }

  /** As an exporter is given it. */
  public byte[] redacted() {
    KnownSecrets secrets = new KnownSecrets();
    secrets.register(TOKEN.canary());
    secrets.register(KNOWN.canary());
    SpanRedactor redactor = new SpanRedactor(new Scrubber(secrets), "1");
    return bytes(ended.stream().<SpanData>map(redactor::redact).toList());
  }

  private Context span(SdkTracerProvider provider, Context parent) {
    String scope = below(2) == 0 ? SpanRedactor.SCOPE : hidden();
    SpanBuilder builder =
        provider
            .get(scope, below(2) == 0 ? "1" : hidden())
            .spanBuilder(below(2) == 0 ? SpanName.ATTEMPT.text() : hidden())
            .setParent(parent);
    if (below(3) == 0) {
      builder.addLink(linked(), Attributes.of(AttributeKey.stringKey(hidden()), hidden()));
    }
    Span span = builder.startSpan();
    for (int i = below(MOST_PARTS); i > 0; i--) {
      part(span);
    }
    span.end();
    return parent.with(span);
  }

  private void part(Span span) {
    switch (below(8)) {
      case 0, 1, 2 -> span.setAttribute(allowed().otel(), said());
      case 3 -> span.setAttribute(KEYS.get(below(KEYS.size())), hidden());
      case 4 -> span.setAttribute(hidden(), hidden());
      case 5 ->
          span.addEvent(
              below(2) == 0 ? SpanEvent.RETRY.text() : hidden(),
              Attributes.builder().put(allowed().otel(), said()).put(hidden(), hidden()).build());
      case 6 -> span.recordException(new IllegalStateException(hidden()));
      default -> span.setStatus(StatusCode.ERROR, hidden());
    }
  }

  private TextAttribute allowed() {
    return ALLOWED.get(below(ALLOWED.size()));
  }

  /** Where only what is known can be told from what may leave. */
  private String said() {
    return text(below(2) == 0 ? TOKEN : KNOWN);
  }

  /** Where nothing may leave. */
  private String hidden() {
    return text(below(2) == 0 ? UNKNOWN : KNOWN);
  }

  private String text(LeakDetector secret) {
    Encoding encoding = ENCODINGS.get(below(ENCODINGS.size()));
    return noise.get() + secret.encode(encoding) + noise.get();
  }

  private SpanContext linked() {
    TraceState state = TraceState.builder().put("vendor", hidden()).build();
    return SpanContext.createFromRemoteParent(
        "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", TraceFlags.getSampled(), state);
  }

  private int below(int bound) {
    return choices.getAsInt() % bound;
  }

  private static byte[] bytes(List<SpanData> spans) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TraceRequestMarshaler.create(spans).writeBinaryTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
