package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.pipeline.InfoDocuments;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.Semver;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A document that is taken names one canonical version. */
final class InfoDocumentFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"Version\":\"v1.2.3\",\"Time\":\"2023-04-05T06:07:08Z\"}",
            "{\"Version\":\"v1.2.3\"}",
            "{\"Version\":\"v0.0.0-20200101000000-abcdefabcdef\",\"Time\":\"2020-01-01T00:00:00Z\","
                + "\"Origin\":{\"VCS\":\"git\",\"URL\":\"https://example.com/m\",\"Hash\":\"ab\"}}",
            "{\"Version\":\"v1.2.3\",\"version\":\"v9.9.9\"}",
            "{\"Version\":\"v1.2.3\",\"Version\":\"v9.9.9\"}",
            "{\"Version\":\"v1.2.3\",\"Ver\\u017fion\":\"v9.9.9\"}",
            "{\"Version\":\"v1.2.3\",\"Time\":\"2023-04-05T06:07:08.123456789+01:00\"}",
            "{\"Version\":\"v1.2.3\",\"Time\":\"2023-04-05T06:07+01:00\"}",
            "{\"Version\":\"v1.2.3\",\"Time\":\"2023-02-29T06:07:08Z\"}",
            "{\"Version\":\"v1.2.3\",\"time\":0}",
            "{\"Version\":\"v1.2.3\",\"Time\":null}",
            "{\"Version\":\"v1.2.3\"}{}",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "\"v1.2.3\"")
        .map(json -> json.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void info(byte[] input) {
    check(input, InfoDocuments::version);
  }

  @Test
  void versionInAnyForm_takenByABrokenReader_isFound() {
    byte[] json = "{\"Version\":\"v1\"}".getBytes(UTF_8);
    assertThrows(AssertionError.class, () -> check(json, _ -> Parsed.valid("v1")));
  }

  private static void check(byte[] input, Function<byte[], Parsed<String>> reader) {
    Parsed<String> parsed = reader.apply(input);
    Reasons.check(parsed);
    if (parsed instanceof Parsed.Valid<String>(String version)) {
      assertFalse(version.isEmpty());
      assertEquals(Semver.canonicalVersion(version), version);
    }
  }
}
