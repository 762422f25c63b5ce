package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.PseudoVersion;
import dev.modgate.verify.module.Semver;
import dev.modgate.verify.module.VersionText;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Versions: escape and unescape are inverse, and the canonical form is a fixed point. */
final class VersionTextFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            "v1.2.3",
            "v1",
            "v1.2.3-rc.1+build.5",
            "v2.0.0+incompatible",
            "v0.0.0-20200101000000-abcdefabcdef",
            "v1.2.4-0.20200101000000-abcdefabcdef",
            "v1.2.3-pre.0.20200101000000-abcdefabcdef",
            "Release!a",
            "v01.2.3",
            "v1.2.3-01")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void version(byte[] input) {
    check(new String(input, UTF_8), Semver::canonicalVersion);
  }

  @Test
  void leadingZero_keptByABrokenCanonicalForm_isFound() {
    assertThrows(AssertionError.class, () -> check("v01.2.3", text -> text));
  }

  private static void check(String text, UnaryOperator<String> canonical) {
    Parsed<String> escaped = VersionText.escape(text);
    Reasons.check(escaped);
    if (escaped instanceof Parsed.Valid<String>(String value)) {
      assertEquals(Parsed.valid(text), VersionText.unescape(value));
    }
    Parsed<String> unescaped = VersionText.unescape(text);
    Reasons.check(unescaped);
    if (unescaped instanceof Parsed.Valid<String>(String value)) {
      assertEquals(Parsed.valid(text), VersionText.escape(value));
      assertFalse(value.contains("/"));
    }
    String form = canonical.apply(text);
    assertEquals(form.isEmpty(), !Semver.isValid(text));
    if (!form.isEmpty()) {
      assertEquals(form, canonical.apply(form));
      assertTrue(Semver.isValid(form));
      assertEquals(0, Semver.compare(form, text));
      assertTrue(VersionText.escape(form).isValid());
    }
    assertEquals(Semver.compare(text, "v1.2.3"), -Semver.compare("v1.2.3", text));
    if (PseudoVersion.isPseudo(text)) {
      assertTrue(PseudoVersion.revision(text).isValid());
      Reasons.check(PseudoVersion.time(text));
      Reasons.check(PseudoVersion.base(text));
    }
  }
}
