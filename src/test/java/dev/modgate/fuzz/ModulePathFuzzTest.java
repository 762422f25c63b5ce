package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModuleVersion;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Escaping is a bijection between module paths and texts without upper case: a file system that
 * ignores case can't mix two of them up, and no path has two spellings.
 */
final class ModulePathFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            "github.com/Azure/azure-sdk-for-go@v68.0.0+incompatible",
            "github.com/!azure/azure-sdk-for-go",
            "gopkg.in/yaml.v3@v3.0.1",
            "gopkg.in/check.v1-unstable@v1.0.0-20201130134442-10cb98267c6c",
            "example.com/m/v2@v2.0.0-rc.1",
            "example.com/a~b/~c@v0.0.0-20200101000000-abcdefabcdef",
            "example.com/!!a",
            "example.com/con.txt/x~1")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void path(byte[] input) {
    check(new String(input, UTF_8), ModulePath::unescape);
  }

  @Test
  void upperCaseLetter_takenByABrokenUnescape_isFound() {
    Function<String, Parsed<ModulePath>> lax =
        escaped -> ModulePath.parse(escaped.replace("!a", "A"));
    assertThrows(AssertionError.class, () -> check("example.com/A!a", lax));
  }

  private static void check(String text, Function<String, Parsed<ModulePath>> unescape) {
    Parsed<ModulePath> plain = ModulePath.parse(text);
    Reasons.check(plain);
    if (plain instanceof Parsed.Valid<ModulePath>(ModulePath path)) {
      assertEquals(text, path.text());
      assertTrue(path.escaped().chars().noneMatch(c -> 'A' <= c && c <= 'Z'));
      assertEquals(plain, unescape.apply(path.escaped()));
      assertTrue(text.endsWith(path.major()));
    }
    Parsed<ModulePath> unescaped = unescape.apply(text);
    Reasons.check(unescaped);
    if (unescaped instanceof Parsed.Valid<ModulePath>(ModulePath path)) {
      assertEquals(text, path.escaped());
    }
    Parsed<ModuleVersion> version = ModuleVersion.parse(text);
    Reasons.check(version);
    if (version instanceof Parsed.Valid<ModuleVersion>(ModuleVersion valid)) {
      assertEquals(text, valid.path().text() + "@" + valid.version());
      assertEquals(version, ModuleVersion.parse(valid.toString()));
    }
  }
}
