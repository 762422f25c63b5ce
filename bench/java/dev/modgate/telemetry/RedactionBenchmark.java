package dev.modgate.telemetry;

import dev.modgate.verify.module.H1;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The span of a warm hit is rebuilt for the exporter, while three secrets are known. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RedactionBenchmark {

  /** More than are remembered as clean, so that none is known when its turn comes again. */
  private static final int NEW_SPANS = 4 * CleanTexts.MOST;

  private static final List<String> SECRETS =
      List.of(
          "bench-token-0f2b7c1d9e8a4b5c6d7e8f90",
          "a pass phrase of the mirror's",
          "c2VjcmV0LW9mLXRoZS1sb2dpbg0123456789abcdefghijklmnopqrstuvwxyz");

  private final KnownSecrets secrets = new KnownSecrets();
  private final Scrubber scrubber = new Scrubber(secrets);
  private final SpanRedactor redactor = new SpanRedactor(scrubber, "1.2.3");
  private final ServerSpans spans =
      new ServerSpans(
          SdkTracerProvider.builder()
              .addSpanProcessor(new IdsOnly())
              .build()
              .get(SpanRedactor.SCOPE),
          InstantSource.system());

  private final List<SpanData> fresh = new ArrayList<>();
  private int next;
  private SpanData known = hit(0);
  private SpanData carrying = hit(0, "/x/" + SECRETS.getFirst());
  private String words = "";

  @Setup
  public void fill() {
    SECRETS.forEach(secrets::register);
    for (int i = 1; i <= NEW_SPANS; i++) {
      fresh.add(hit(i));
    }
    words = "the mirror answered 502 for github.com/aws/aws-sdk-go-v2 and was asked again, ";
    words = words.repeat(1024 / words.length() + 1).substring(0, 1024);
    if (redactor.redact(carrying).getAttributes().toString().contains(SECRETS.getFirst())) {
      throw new IllegalStateException("the secret is not redacted");
    }
  }

  /** A span whose texts were all seen before, as nearly all of a proxy's are. */
  @Benchmark
  public SpanData seenTexts() {
    return redactor.redact(known);
  }

  /** A span with a module, a version and a hash that were never seen. */
  @Benchmark
  public SpanData newTexts() {
    next = (next + 1) % NEW_SPANS;
    return redactor.redact(fresh.get(next));
  }

  /** A span with a known secret in the name of its module. */
  @Benchmark
  public SpanData secretInside() {
    return redactor.redact(carrying);
  }

  /** A text of 1,024 characters, too long to be remembered. */
  @Benchmark
  public String longText() {
    return scrubber.scrub(words);
  }

  private SpanData hit(int number) {
    return hit(number, "/service" + number);
  }

  /** All that the edge writes onto the span of a hit. */
  private SpanData hit(int number, String module) {
    H1 h1 = H1.ofGoMod(("module " + number).getBytes(StandardCharsets.UTF_8));
    ServerSpan span =
        spans
            .begin("GET", "/{module}/@v/{version}.mod", Optional.empty())
            .attribute(TextAttribute.MODULE, "github.com/aws/aws-sdk-go-v2" + module)
            .attribute(TextAttribute.VERSION, "v1." + number + ".0")
            .attribute(TextAttribute.ARTIFACT, "mod")
            .attribute(TextAttribute.H1, h1.toString())
            .attribute(NumberAttribute.BYTES, 1234)
            .attribute(TextAttribute.VERDICT, "proven")
            .attribute(TextAttribute.DATABASE, "sum.golang.org")
            .attribute(NumberAttribute.TREE_SIZE, 30_000_000 + number)
            .attribute(TextAttribute.MIRROR, "store")
            .attribute(TextAttribute.CACHE, "hit");
    span.end(200, Optional.empty());
    return ((ReadableSpan) Span.fromContext(span.context())).toSpanData();
  }
}
