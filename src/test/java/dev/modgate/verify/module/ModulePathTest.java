package dev.modgate.verify.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.modgate.verify.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModulePathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "golang.org/x/mod",
        "github.com/Azure/azure-sdk-for-go",
        "rsc.io/quote/v2",
        "x.y",
        "1.2",
        "09-.az/c",
        "a.b/0123456789/ABCDEFGHIJKLMNOPQRSTUVWXYZ/abcdefghijklmnopqrstuvwxyz",
        "a-.b/c",
        "1.2/3",
        "a.b/c_d~e.f-g",
        "a.b/-x",
        "a.b/v",
        "a.b/xv2",
        "a.b/v2x",
        "a.b/v2/v1x",
        "a.b/v0/c",
        "x.v2",
        "a.b/com0/lpt0/com10/con1",
        "a.b/xaux/auxx",
        "a.b/a.b~1",
        "a.b/a~1x",
        "a.b/a~",
        "a.b/~x",
        "gopkg.in/yaml.v2",
        "gopkg.in/yaml.v0",
        "gopkg.in/yaml.v10-unstable",
        "gopkg.in/user/yaml.v1",
        "gopkg.in/x.v-unstable",
        "gopkg.ink/yaml",
      })
  void parse_valid_isItself(String text) {
    ModulePath path = ModulePath.parse(text).orThrow();
    assertEquals(text, path.text());
    assertEquals(text, path.toString());
    assertEquals(path, ModulePath.unescape(path.escaped()).orThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a.b",
        "a.b/",
        "a.b//c",
        "-a.b/c",
        "a.b/.",
        "a.b/..",
        "a.b/../c",
        "a.b/...",
        "../a.b",
        "a.b/.git",
        "a.b/c.",
        "a./c",
        ".a.b/c",
        "a.b/c+d",
        "a.b/c d",
        "a.b/c@v1",
        "a.b/c!d",
        "a.b/c%20",
        "a.b/c:d",
        "a.b\\c",
        "a.b/c\0",
        "a.b/c\n",
        "a.b/é",
        "a.b/\u212Aelvin",
        "a.b/\uFF41",
        "a.b/\uD800",
        "localhost",
        "localhost/a.b",
        "A.b/c",
        "a_b.c/d",
        "a~b.c/d",
        "\u017F.b/c",
        "a.b/con",
        "a.b/CoN",
        "con.b/c",
        "a.b/PRN/c",
        "a.b/aux.foo.bar",
        "a.b/nul.txt",
        "a.b/com1",
        "a.b/COM9.x",
        "a.b/lpt1",
        "a.b/LPT9",
        "a.b/a~1",
        "a.b/a~1.b",
        "a.b/a~9",
        "a~1.b/c",
        "a.b/~0",
        "a.b/a~b~123",
        "a.b/v0",
        "a.b/v1",
        "a.b/v01",
        "a.b/v02",
        "a.b/v2.0",
        "a.b/v2.",
        "a.b/v1.2.3",
        "gopkg.in/yaml",
        "gopkg.in/yaml.v",
        "gopkg.in/yaml.v01",
        "gopkg.in/yaml.v0-unstable",
        "gopkg.in/yaml.v2-stable",
        "gopkg.in/yaml/v2",
      })
  void parse_breakingARule_isRefused(String text) {
    assertFalse(ModulePath.parse(text).isValid(), text);
  }

  @ParameterizedTest
  @CsvSource({
    "golang.org/x/mod,''",
    "a.b/v2,/v2",
    "a.b/v10,/v10",
    "a.b/v9,/v9",
    "1.2,''",
    "a.b/xv2,''",
    "a.b/v2/c,''",
    "x.v2,''",
    "gopkg.in/yaml.v0,.v0",
    "gopkg.in/yaml.v1,.v1",
    "gopkg.in/yaml.v90,.v90",
    "gopkg.in/yaml.v2-unstable,.v2-unstable",
  })
  void major_isTheSuffix(String text, String major) {
    assertEquals(major, ModulePath.parse(text).orThrow().major());
  }

  @Test
  void escaped_upperCase_isMarkedAndLowered() {
    ModulePath path = ModulePath.parse("github.com/GoogleCloudPlatform/cloudsql-proxy").orThrow();
    assertEquals("github.com/!google!cloud!platform/cloudsql-proxy", path.escaped());
    assertEquals("a.b/c", ModulePath.parse("a.b/c").orThrow().escaped());
    assertEquals("a.b/!a!zaz", ModulePath.parse("a.b/AZaz").orThrow().escaped());
  }

  @Test
  void unescape_marked_isUpperCase() {
    assertEquals(
        ModulePath.parse("github.com/Azure/x").orThrow(),
        ModulePath.unescape("github.com/!azure/x").orThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.b/Azure",
        "a.b/!Azure",
        "a.b/!!azure",
        "a.b/azure!",
        "a.b/!",
        "a.b/!/c",
        "a.b/!1",
        "a.b/!{",
        "a.b/!`",
        "a.b/!\u00E9",
        "a.b/\u212A",
        "!a.b/c",
        "a.b/!con.!com1/con",
        "a.b/v!1/..",
        "",
      })
  void unescape_notAnEscapedPath_isRefused(String escaped) {
    assertFalse(ModulePath.unescape(escaped).isValid(), escaped);
  }

  @Test
  void equals_isByText() {
    ModulePath lower = ModulePath.parse("a.b/c").orThrow();
    ModulePath upper = ModulePath.parse("a.b/C").orThrow();
    assertEquals(lower, ModulePath.parse("a.b/c").orThrow());
    assertEquals(lower.hashCode(), ModulePath.parse("a.b/c").orThrow().hashCode());
    assertNotEquals(lower, upper);
    assertNotEquals(lower.escaped(), upper.escaped());
  }

  @Test
  void parse_tenThousandElements_isAnswered() {
    assertEquals(Parsed.Valid.class, ModulePath.parse("a.b" + "/c".repeat(10_000)).getClass());
    assertFalse(ModulePath.parse("a.b" + "/v1".repeat(10_000)).isValid());
  }
}
