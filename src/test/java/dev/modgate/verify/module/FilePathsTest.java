package dev.modgate.verify.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilePathsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "go.mod",
        "a/b/c.go",
        "-x",
        "a/-x",
        ".git/config",
        ".con",
        "a b",
        " ",
        "a~1",
        "a~1.go",
        "com0",
        "lpt10",
        "conin$",
        "!#$%&()+,-.=@[]^_{}~ x",
        "\u00E9t\u00E9.go",
        "\u4E16\u754C",
        "\u212A",
        "\uD801\uDC00",
        "\u00AA",
        "\u0870",
        "a..b",
        "..a",
      })
  void check_valid_isItself(String path) {
    assertEquals(path, FilePaths.check(path).orThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/../b",
        "a/.../b",
        "a.",
        "a./b",
        "a\\b",
        "a:b",
        "a\"b",
        "a'b",
        "a*b",
        "a<b",
        "a>b",
        "a?b",
        "a`b",
        "a|b",
        "a;b",
        "a\nb",
        "a\tb",
        "a\0b",
        "a\u007F",
        "a\u0085",
        "a\u00A0b",
        "e\u0301",
        "\u0661",
        "\u2160",
        "\uFFFD",
        "\uD800",
        "\uDC00a",
        "\uD83D\uDE00",
        "con",
        "a/Con.txt",
        "PRN",
        "aux.foo.bar",
        "nul.",
        "NUL",
        "com1",
        "com9.x",
        "lpt1",
        "Lpt9.a.b",
      })
  void check_breakingARule_isRefused(String path) {
    assertFalse(FilePaths.check(path).isValid(), path);
  }

  @Test
  void check_lettersOfUnicode15_areThoseOfGo() {
    assertTrue(FilePaths.check(Character.toString(0x31350)).isValid(), "new in 15.0");
    assertFalse(FilePaths.check(Character.toString(0x2EBF0)).isValid(), "new in 15.1");
    assertFalse(FilePaths.check(Character.toString(0x1C89)).isValid(), "new in 16.0");
  }
}
