package dev.modgate.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModulePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first element of a path that names a build, and what attackers make of it. */
final class BuildPrefixTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CONTEXT = "00-" + TRACE + "-b7ad6b7169203331-01";
  private static final String LIST = "/good.test/!upper/@v/list";

  private final TargetParser targets = new TargetParser(List.of("sum.golang.org"));

  @ParameterizedTest
  @ValueSource(strings = {"", "/", LIST, "/sumdb/sum.golang.org/latest", "~4711/x", "/x/~4711/y"})
  void read_withoutAPrefix_isAsItCame(String target) {
    assertEquals(new BuildPrefix.Addressed(Optional.empty(), target), read(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4711", "a", "-", "_", "Job-4_711", "0", "000000"})
  void read_anId_isTheBuild(String id) {
    assertEquals(
        new BuildPrefix.Addressed(Optional.of(new Build(id, Optional.empty())), LIST),
        read("/~" + id + LIST));
  }

  @Test
  void read_theLongestId_isTheBuild() {
    String id = "x".repeat(Build.MAX_ID);
    assertEquals(id, read("/~" + id + LIST).build().orElseThrow().id());
  }

  @Test
  void read_aTraceContext_isTheBuilds() {
    Build build = read("/~4711." + CONTEXT + LIST).build().orElseThrow();
    TraceContext context = new TraceContext(TRACE, "b7ad6b7169203331", true);
    assertEquals(new Build("4711", Optional.of(context)), build);
    assertEquals("/~4711." + CONTEXT, build.prefix());
  }

  /** Of the flags only the lowest bit has a meaning to us. */
  @Test
  void read_otherFlags_keepsSampledAlone() {
    String with = "/~4711." + CONTEXT.replaceAll("01$", "fe") + LIST;
    assertEquals(
        CONTEXT.replaceAll("01$", "00"),
        read(with).build().flatMap(Build::context).orElseThrow().traceparent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/~",
        "/~4711",
        "/~4711." + CONTEXT,
        "/~/x",
        "/~//x",
        "/~~/x",
        "/~4711~/x",
        "/~47 11/x",
        "/~../x",
        "/~./x",
        "/~4711./x",
        "/~.4711/x",
        "/~47.11/x",
        "/~%34711/x",
        "/~4711%2fx/x",
        "/~4711;a=b/x",
        "/~4711\\/x",
        "/~\u212a/x",
        "/~4711\u0000/x",
        "/~4711/~4712/x",
        "/~4711/~",
        "/~4711.01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01/x",
        "/~4711.ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01/x",
        "/~4711.00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01/x",
        "/~4711.00-00000000000000000000000000000000-b7ad6b7169203331-01/x",
        "/~4711.00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01/x",
        "/~4711.00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0/x",
        "/~4711.00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-011/x",
        "/~4711.00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-02/x",
        "/~4711.00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.x/x",
        "/~4711.00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01/x",
        "/~4711.0af7651916cd43dd8448eb211c80319c/x",
      })
  void read_anythingElseBehindATilde_isRefused(String target) {
    assertInstanceOf(Parsed.Invalid.class, BuildPrefix.read(target), target);
  }

  @Test
  void read_anIdThatIsTooLong_isRefused() {
    String id = "x".repeat(Build.MAX_ID + 1);
    assertFalse(BuildPrefix.read("/~" + id + LIST).isValid());
  }

  /** A percent-escape is no second spelling: the request parser has it, and refuses it. */
  @Test
  void read_anEscapedTilde_isNoPrefixAndNoModule() {
    String target = "/%7E4711" + LIST;
    assertEquals(new BuildPrefix.Addressed(Optional.empty(), target), read(target));
    assertInstanceOf(Target.Malformed.class, targets.parse(target));
  }

  /** So the prefix takes no module's place (x/mod itself is asked by ModuleOracleIT). */
  @ParameterizedTest
  @ValueSource(strings = {"~", "~4711", "~a.b", "~4711.00", "~good.test"})
  void modulePath_thatBeginsWithATilde_isNone(String first) {
    assertTrue(ModulePath.parse("good.test/c").isValid());
    assertFalse(ModulePath.parse(first).isValid(), first);
    assertFalse(ModulePath.parse(first + "/good.test/c").isValid(), first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LIST,
        "/good.test/m/@v/v1.0.0.zip",
        "/good.test/%21upper/@latest",
        "/sumdb/sum.golang.org/supported",
        "/sumdb/evil.test/latest",
        "/good.test/../m/@v/list",
        "/healthz",
        "/"
      })
  void parse_behindAPrefix_isWhatItIsWithout(String target) {
    for (String prefix : List.of("/~4711", "/~4711." + CONTEXT)) {
      assertEquals(targets.parse(target), targets.parse(read(prefix + target).target()), target);
    }
  }

  private static BuildPrefix.Addressed read(String target) {
    return BuildPrefix.read(target).orThrow();
  }
}
