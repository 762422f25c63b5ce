package dev.modgate.verify.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportPathsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fmt",
        "net/http",
        "golang.org/x/mod/module",
        "a.b/c++",
        "+x",
        "a.b/.git",
        ".x",
        "A.b/v1",
        "a/-x",
        "a.b~1",
        "a.b/.x~1",
        "a_b"
      })
  void check_valid_isItself(String path) {
    assertEquals(path, ImportPaths.check(path).orThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "/fmt", "fmt/", "a//b", "-x", ".", "a/..", "a.", "a b", "a@b", "a!b", "a:b", "a%b",
        "\u00E9", "\u212A", "\uD800", "con", "a/nul.x", "a~1", "a~1.b", "a\n"
      })
  void check_breakingARule_isRefused(String path) {
    assertFalse(ImportPaths.check(path).isValid(), path);
  }
}
