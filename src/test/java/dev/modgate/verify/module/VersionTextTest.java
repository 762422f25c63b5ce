package dev.modgate.verify.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionTextTest {

  @ParameterizedTest
  @CsvSource({
    "v1.0.0,v1.0.0",
    "v1.0.0-RC1,v1.0.0-!r!c1",
    "v2.0.0+incompatible,v2.0.0+incompatible",
    "main,main",
    "HEAD,!h!e!a!d",
    "a b,a b",
    "x~1,x~1",
    ".x,.x",
    "-oX,-o!x",
    "feature#1[x](y),feature#1[x](y)",
  })
  void escape_andBack_isTheSame(String version, String escaped) {
    assertEquals(escaped, VersionText.escape(version).orThrow());
    assertEquals(version, VersionText.unescape(escaped).orThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "v1.0.0.",
        "a/b",
        "a:b",
        "a\\b",
        "a!b",
        "con",
        "Aux.x",
        "caf\u00E9",
        "\u212A",
        "a\nb",
        "a\0",
        "a*",
        "a?",
        "a'b",
        "\uD800"
      })
  void escape_noFileName_isRefused(String version) {
    assertFalse(VersionText.escape(version).isValid(), version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "V1",
        "!V1",
        "v1!",
        "!!a",
        "!{",
        "v1!`",
        "!1",
        "a/b",
        "..",
        "v1.",
        "!c!o!n",
        "con",
        "caf\u00E9",
        "!\u00E9",
        "a:b",
        "v1\n"
      })
  void unescape_notEscapedText_isRefused(String escaped) {
    assertFalse(VersionText.unescape(escaped).isValid(), escaped);
  }
}
