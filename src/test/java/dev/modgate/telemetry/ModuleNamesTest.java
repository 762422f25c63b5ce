package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.OtlpCollector;
import dev.modgate.verify.module.ModulePatterns;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves of the path of a private module, on spans, in log records and in the log. */
final class ModuleNamesTest {

  private static final String PATH = "corp.example/secret/project";

  /** printf corp.example/secret/project | openssl dgst -sha256 -hmac sesame */
  private static final String HASHED = "private/0bba971ff1a751c4";

  private static final ModulePatterns PRIVATE = ModulePatterns.of(List.of("corp.example/secret"));

  private final ModuleNames hashed = ModuleNames.hashed(PRIVATE::match, "sesame".getBytes(UTF_8));
  private final ModuleNames omitted = ModuleNames.omitted(PRIVATE::match);

  @Test
  void of_privatePath_isHashedOrOmitted() {
    assertEquals(Optional.of(HASHED), hashed.of(PATH));
    assertEquals(Optional.empty(), omitted.of(PATH));
    assertEquals(Optional.of(PATH), ModuleNames.shown().of(PATH));
    assertNotEquals(
        hashed.of(PATH), ModuleNames.hashed(PRIVATE::match, "other".getBytes(UTF_8)).of(PATH));
  }

  @Test
  void of_publicPath_isShown() {
    assertEquals(Optional.of("corp.example/open"), hashed.of("corp.example/open"));
    assertEquals(Optional.of("corp.example/open"), omitted.of("corp.example/open"));
  }

  @ParameterizedTest
  @CsvSource({
    "'kept corp.example/secret/project@v1.0.0, as it is', 'kept PRIVATE@v1.0.0, as it is'",
    "'(corp.example/secret/project)', '(PRIVATE)'",
    "'it ends with corp.example/secret/project.', 'it ends with PRIVATE.'",
    "'https://proxy.test/corp.example/secret/project', 'https://proxy.test/PRIVATE'",
    "'corp.example/secretive and corp.example/open', 'corp.example/secretive and corp.example/open'",
    "'', ''"
  })
  void in_text_replacesEachPrivatePath(String text, String expected) {
    assertEquals(expected.replace("PRIVATE", HASHED), hashed.in(text));
    assertEquals(expected.replace("PRIVATE", "[REDACTED]"), omitted.in(text));
    assertEquals(text, ModuleNames.shown().in(text));
  }

  @Test
  void in_everyCharacterOfAPath_belongsToIt() {
    String path = "corp.example/secret/-my_own.project~2";
    String hash = hashed.of(path).orElseThrow();
    assertEquals("got " + hash + ", at last", hashed.in("got " + path + ", at last"));
    assertEquals("got [REDACTED], at last", omitted.in("got " + path + ", at last"));
  }

  /** Deeper in a path nobody looks, so that a long one stays cheap. */
  @Test
  void in_privatePathInsideALongerOne_mayBeginAtSixteenElements() {
    assertEquals("a/".repeat(15) + HASHED, hashed.in("a/".repeat(15) + PATH));
    assertEquals("a/".repeat(16) + PATH, hashed.in("a/".repeat(16) + PATH));
  }

  @Test
  void export_hashed_everySignalHasTheHashAndNoPath() throws IOException {
    Exported exported = exported(hashed);
    assertFalse(exported.all().contains("secret/project"), exported::all);
    assertTrue(exported.traces.contains(HASHED), exported.traces);
    assertTrue(exported.traces.contains("v1.0.7"), "its version");
    assertTrue(exported.logs.contains("got " + HASHED + "@v1.0.7"), exported.logs);
    assertTrue(exported.printed.contains("got " + HASHED + "@v1.0.7"), exported.printed);
  }

  @Test
  void export_omitted_noSignalHasThePath() throws IOException {
    Exported exported = exported(omitted);
    assertFalse(exported.all().contains("secret/project"), exported::all);
    assertFalse(exported.traces.contains("modgate.module"), exported.traces);
    assertTrue(exported.traces.contains("v1.0.7"), "its version");
    assertTrue(exported.logs.contains("got [REDACTED]@v1.0.7"), exported.logs);
  }

  @Test
  void export_shown_everySignalHasThePath() throws IOException {
    Exported exported = exported(ModuleNames.shown());
    for (String signal : List.of(exported.traces, exported.logs, exported.printed)) {
      assertTrue(signal.contains(PATH), signal);
    }
  }

  private record Exported(String traces, String logs, String printed) {
    String all() {
      return traces + logs + printed;
    }
  }

  private static Exported exported(ModuleNames names) throws IOException {
    try (OtlpCollector collector = new OtlpCollector();
        LogCapture log = new LogCapture()) {
      Map<String, String> environment = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
      try (Telemetry telemetry =
          Telemetry.start(environment, "1", new KnownSecrets(), LogStyle.TEXT, names).orThrow()) {
        ServerSpan span = telemetry.serverSpans().begin("GET", "/", Optional.empty());
        span.attribute(TextAttribute.MODULE, PATH);
        span.attribute(TextAttribute.VERSION, "v1.0.7");
        span.end(200, Optional.empty());
        Logger.getLogger("modgate.test").log(Level.WARNING, "got " + PATH + "@v1.0.7");
      }
      return new Exported(
          text(collector.bodies("/v1/traces")), text(collector.bodies("/v1/logs")), log.text());
    }
  }

  private static String text(List<byte[]> bodies) {
    StringBuilder text = new StringBuilder();
    bodies.forEach(body -> text.append(new String(body, ISO_8859_1)));
    return text.toString();
  }
}
