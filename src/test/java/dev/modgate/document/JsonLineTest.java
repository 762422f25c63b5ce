package dev.modgate.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.document.Node.Mapping;
import dev.modgate.document.Node.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JsonLineTest {

  @Test
  void line_ofEveryKind_keepsTheOrderOfItsKeys() {
    String line =
        new JsonLine()
            .text("z", "x")
            .number("n", Long.MIN_VALUE)
            .bool("b", true)
            .text("absent", Optional.empty())
            .text("present", Optional.of("y"))
            .bool("a", false)
            .toString();
    assertEquals(
        "{\"z\":\"x\",\"n\":-9223372036854775808,\"b\":true,\"present\":\"y\",\"a\":false}", line);
  }

  @Test
  void line_withoutKeys_isAnEmptyObject() {
    assertEquals("{}", new JsonLine().toString());
  }

  @Test
  void text_withEveryOddCharacter_isEscaped() {
    assertEquals(
        "{\"k\":\"\\\"\\\\/\\u0000\\u000a\\u000d\\u001b\\u007f\\u0085\\u2028\\u2029\\u202e\\ufeff\"}",
        new JsonLine()
            .text("k", "\"\\/\0\n\r\u001b\u007f\u0085\u2028\u2029\u202e\ufeff")
            .toString());
    assertEquals("{\"k\":\"é\ud83d\ude00\"}", new JsonLine().text("k", "é\ud83d\ude00").toString());
    assertEquals("{\"k\":\"\\ufffd\"}", new JsonLine().text("k", "\ud83d").toString());
    assertEquals("{\"k\":\"\\udb40\\udc01\"}", new JsonLine().text("k", "\udb40\udc01").toString());
  }

  @Test
  void key_addedTwice_isABug() {
    JsonLine line = new JsonLine().text("k", "v");
    assertThrows(IllegalArgumentException.class, () -> line.number("k", 1));
  }

  @Test
  void members_ofOneLine_standInOthers() {
    JsonMembers members = new JsonLine().text("k", "\"").number("n", 1).members();
    assertEquals(
        "{\"a\":1,\"k\":\"\\\"\",\"n\":1,\"z\":2}",
        new JsonLine().number("a", 1).members(members).number("z", 2).toString());
    assertEquals("{\"k\":\"\\\"\",\"n\":1}", new JsonLine().members(members).toString());
  }

  @Test
  void members_ofNothing_addNothing() {
    JsonMembers none = new JsonLine().members();
    assertEquals("{}", new JsonLine().members(none).toString());
    assertEquals("{\"a\":1}", new JsonLine().members(none).number("a", 1).toString());
  }

  @Test
  void members_withAKeyThatIsThere_areABug() {
    JsonMembers members = new JsonLine().text("k", "v").members();
    JsonLine line = new JsonLine().text("k", "w");
    assertThrows(IllegalArgumentException.class, () -> line.members(members));
    JsonLine after = new JsonLine().members(members);
    assertThrows(IllegalArgumentException.class, () -> after.text("k", "w"));
  }

  @Test
  void line_behindAText_leavesTheTextAlone() {
    StringBuilder text = new StringBuilder("before\n");
    JsonLine line = new JsonLine(text).number("a", 1);
    assertEquals("{\"a\":1}", line.toString());
    line.end();
    new JsonLine(text).end();
    assertEquals("before\n{\"a\":1}\n{}\n", text.toString());
  }

  @Test
  void line_ofAnyText_isOneLineThatReadsBackAsWritten() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(20, 0, i % 2 == 0 ? 0x100 : Character.MAX_CODE_POINT + 1)
          .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
          .forEach(text::appendCodePoint);
      String line = new JsonLine().text("k" + text, text.toString()).toString();
      assertTrue(line.chars().allMatch(c -> c >= 0x20 && c != 0x2028 && c != 0x2029), line);
      Mapping read = (Mapping) DocumentReader.json(line.getBytes(StandardCharsets.UTF_8)).orThrow();
      assertEquals(Optional.of(new Text(1, text.toString())), read.find("k" + text));
    }
  }

  @Test
  void lists_keepTheirOrder_andAreEscaped() {
    String line =
        new JsonLine()
            .texts("none", List.of())
            .texts("texts", List.of("b", "a\n"))
            .objects("objects", List.of(new JsonLine().number("n", 1), new JsonLine()))
            .toString();
    assertEquals("{\"none\":[],\"texts\":[\"b\",\"a\\u000a\"],\"objects\":[{\"n\":1},{}]}", line);
  }
}
