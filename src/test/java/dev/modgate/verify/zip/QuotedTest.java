package dev.modgate.verify.zip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuotedTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'' | \"\"",
        "a b~ | \"a b~\"",
        "a\"b\\c | \"a\\\"b\\\\c\"",
        "'\0\n\u001f' | \"\\x00\\x0a\\x1f\"",
        "\u007f\u0080\u00ff | \"\\x7f\\x80\\xff\"",
      })
  void of_anyBytes_isPrintableAscii(String bytes, String quoted) {
    assertEquals(quoted, Quoted.of(bytes.getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @CsvSource({"119,''", "120,''", "121,..."})
  void of_manyBytes_areCutAfter120(int length, String dots) {
    assertEquals(
        "\"" + "x".repeat(Math.min(length, 120)) + "\"" + dots,
        Quoted.of("x".repeat(length).getBytes(ISO_8859_1)));
  }
}
