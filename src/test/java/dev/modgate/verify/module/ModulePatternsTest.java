package dev.modgate.verify.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModulePatternsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a.b a.b",
        "a.b a.b/c",
        "a.b/ a.b/c",
        "a.b/c a.b/c/d",
        "*.b a.b/c",
        "a.b/* a.b/c/d",
        "a.b/*/d a.b/c/d/e",
        "* a.b/c",
        "* ''",
        "a.?/c a.b/c",
        "a.[a-c]/d a.b/d",
        "a.[^x]/d a.b/d",
        "a.[!x]/d a.!/d",
        "a.\\b a.b",
        "a.\\* a.*",
        "a.[\\]x] a.]",
        "a.[\\--x] a.b",
        "a.[[] a.[",
        "a[/]b a/b/c",
        "a.b] a.b]",
        "x,a.b a.b",
        ",,a.b,, a.b",
        "[,a.b a.b",
        "a*b*c/d axbybzc/d",
        "a**b a.b",
        "*?? \u20AC",
        "[^a] \u20AC",
        "* /x",
        "[\u00E9-\u00EF] \u00EE",
        "[\u4E00-\u4E09]x \u4E05x",
        "[\uD83D\uDE00-\uD83D\uDE4F] \uD83D\uDE09",
        "[a\u20AC-\u20AD] \u20AD",
        "*[\uFFFD][\uFFFD] \u20AC",
        "*[^\u20AC] \u20AC",
        "\u00E9* \u00E9t\u00E9",
      })
  void match_globOfAPrefix_isTrue(String globs, String path) {
    assertTrue(ModulePatterns.parse(globs).match(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a.b a.bc",
        "a.b a.b.c/d",
        "a.b xa.b",
        "a.b/c a.b",
        "a.b/c a.b/cd",
        "a.b/* a.b",
        "a.b// a.b/c",
        "*/* a.b",
        "*/d a.b/c/d",
        "a.?/c a.bb/c",
        "? \u20AC\u20AC",
        "a.[!x]/d a.b/d",
        "a.[^b]/d a.b/d",
        "a.[] a.]",
        "a.[ a.[",
        "a.[b a.b",
        "a.[a-] a.a",
        "a.[-a] a.a",
        "a.[^] a.]",
        "a.[^] a.b",
        "a.[^-a] a.b",
        "a.[\\ a.b",
        "a.[a-c]/d a.-/d",
        "[\u00E9-\u00EF] \u00F0",
        "[\u4E00-\u4E09]x \u4E0Ax",
        "[\uD83D\uDE00-\uD83D\uDE4F] \uD83D\uDE50",
        "*[\uFFFD][\uFFFD][\uFFFD] \u20AC",
        "a.[b]\\ a.b",
        "a.b\\ a.b",
        "x,y a.b",
        "A.b a.b",
        "none a.b",
        "[/x] x",
        "[/x]*b x/b",
        "a.b/[ a.b",
      })
  void match_others_isFalse(String globs, String path) {
    assertFalse(ModulePatterns.parse(globs).match(path));
  }

  @Test
  void match_classThatTakesASlash_seesOnlyAsManyElementsAsTheGlobHas() {
    assertFalse(ModulePatterns.parse("a[^b]c").match("a/c"));
    assertTrue(ModulePatterns.parse("a[^b]c/d/e").match("a.c/d/e"));
    assertTrue(ModulePatterns.parse("a[^b]c[/]d").match("a.c/d/e"));
  }

  @Test
  void match_spaces_belongToTheGlob() {
    assertFalse(ModulePatterns.parse("x, a.b").match("a.b"));
    assertTrue(ModulePatterns.parse("x, a.b").match(" a.b"));
  }

  @Test
  void isEmpty_nothingButCommasAndASlash_isTrue() {
    assertTrue(ModulePatterns.parse("").isEmpty());
    assertTrue(ModulePatterns.parse(",/,").isEmpty());
    assertTrue(ModulePatterns.of(List.of()).isEmpty());
    assertFalse(ModulePatterns.parse("[").isEmpty());
    assertFalse(ModulePatterns.parse("").match(""));
  }

  @Test
  void firstMatch_severalMatch_isTheFirst() {
    ModulePatterns patterns = ModulePatterns.of(List.of("x.y", "a.*/,a.b", "*"));
    assertEquals(Optional.of("a.*"), patterns.firstMatch("a.b/c"));
    assertEquals(Optional.of("*"), patterns.firstMatch("b.c"));
    assertEquals(Optional.empty(), ModulePatterns.parse("x").firstMatch("b.c"));
  }

  @Test
  void match_textThatIsNotUnicode_isFalse() {
    assertFalse(ModulePatterns.parse("\uD800").match("?"));
    assertFalse(ModulePatterns.parse("?").match("\uD800"));
  }

  @Test
  void match_manyStars_takesTimeOfTheProductOnly() {
    ModulePatterns patterns = ModulePatterns.parse("*a".repeat(500) + "b");
    assertTimeout(Duration.ofSeconds(5), () -> assertFalse(patterns.match("a".repeat(5_000))));
  }
}
