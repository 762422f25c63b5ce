package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.protocol.Build;
import dev.modgate.protocol.BuildPrefix;
import dev.modgate.protocol.Request;
import dev.modgate.protocol.Target;
import dev.modgate.protocol.TargetParser;
import dev.modgate.verify.Parsed;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request has one spelling: policy, upstream URL and store all see it, and nothing else reaches
 * them.
 */
final class TargetFuzzTest {

  static final TargetParser PARSER =
      new TargetParser(List.of("sum.golang.org", "localhost.localdev/sumdb"));

  static Stream<byte[]> seeds() {
    return Stream.of(
            "/github.com/!azure/x/@v/list",
            "/example.com/m/@latest",
            "/example.com/m/v2/@v/v2.0.0.zip",
            "/example.com/m/@v/v1.0.0.mod",
            "/example.com/m/@v/v1.0.0+incompatible.info",
            "/example.com/m/@v/master.info",
            // A branch may be called so; as it stands it would be a fragment.
            "/example.com/m/@v/fix%2312.info",
            "/example.com/m/@v/#1.0.0+inocmpatible.info",
            "/example.com/m/@v/a%20b%5Bc%5D%7bd%7D%5E.info",
            "/golang.org/toolchain/@v/v0.0.1-go1.26.0.linux-amd64.zip",
            "/sumdb/sum.golang.org/supported",
            "/sumdb/sum.golang.org/latest",
            "/sumdb/sum.golang.org/lookup/example.com/m@v1.0.0",
            "/sumdb/localhost.localdev/sumdb/tile/8/0/x001/067.p/126",
            "/sumdb/sum.golang.org@evil/latest",
            "/%65xample.com/m/@v/v1.0.0.zip",
            "/example.com/../m/@v/v1.0.0.zip",
            "/example.com/m/@v/v1.0.0%2f..%2fx.zip",
            "/example.com/m;x=1/@v/list",
            "/~4711/example.com/m/@v/list",
            "/~4711.00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01/example.com/m/@latest",
            "/~4711/~4712/example.com/m/@latest")
        .map(text -> text.getBytes(ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void target(byte[] input) {
    String raw = new String(input, ISO_8859_1);
    check(raw, PARSER::parse);
    checkBuild(raw);
  }

  @Test
  void doubledSlash_takenByABrokenParser_isFound() {
    Function<String, Target> lax = raw -> PARSER.parse(raw.replace("//", "/"));
    assertThrows(AssertionError.class, () -> check("//example.com/m/@v/list", lax));
  }

  /** What a build's prefix leaves is the rest of the target, and it has one spelling. */
  private static void checkBuild(String raw) {
    switch (BuildPrefix.read(raw)) {
      case Parsed.Invalid<BuildPrefix.Addressed>(String reason) -> {
        Reasons.check(reason);
        assertTrue(raw.startsWith("/~"), raw);
      }
      case Parsed.Valid<BuildPrefix.Addressed>(BuildPrefix.Addressed(var build, String target)) -> {
        assertFalse(target.startsWith("/~"), raw);
        assertTrue(raw.endsWith(target), raw);
        String prefix = raw.substring(0, raw.length() - target.length());
        assertTrue(prefix.matches("(/~[A-Za-z0-9_-]{1,64}(\\.[0-9a-f-]{55})?)?"), raw);
        // Of the flags only one bit is kept.
        int kept = prefix.length() - (build.flatMap(Build::context).isPresent() ? 2 : 0);
        assertEquals(
            prefix.substring(0, kept), build.map(Build::prefix).orElse("").substring(0, kept));
        if (!prefix.isEmpty()) {
          assertFalse(PARSER.parse(raw) instanceof Target.Known, "no request is both");
        }
      }
    }
  }

  private static void check(String raw, Function<String, Target> parser) {
    switch (parser.apply(raw)) {
      case Target.Known(Request request) -> {
        String path = request.path();
        assertSafe(path);
        assertTrue(raw.equals(path) || raw.contains("%"), () -> raw + " is not " + path);
        Target.Known again = assertInstanceOf(Target.Known.class, parser.apply(path));
        assertEquals(path, again.request().path());
        assertEquals(request, again.request());
        assertFalse(request.route().contains(".com"), "a route has no names in it");
      }
      case Target.Malformed(String reason) -> Reasons.check(reason);
      case Target.NotServed() -> {}
      case Target.UnknownDatabase() -> assertTrue(raw.length() > "/sumdb/".length() - 1);
    }
  }

  private static void assertSafe(String path) {
    assertSafeAsItStands(path.replaceAll("%(20|23|5B|5D|5E|7B|7D)", "x"));
  }

  private static void assertSafeAsItStands(String path) {
    assertTrue(path.startsWith("/"), path);
    assertTrue(path.chars().allMatch(c -> c > ' ' && c < 0x7f && "%\\?#;\"<>|*:".indexOf(c) < 0));
    assertTrue(path.chars().noneMatch(c -> 'A' <= c && c <= 'Z'), path);
    for (String element : path.substring(1).split("/", -1)) {
      assertFalse(element.isEmpty() || element.equals(".") || element.equals(".."), path);
      assertTrue(element.length() <= 255, path);
    }
  }
}
