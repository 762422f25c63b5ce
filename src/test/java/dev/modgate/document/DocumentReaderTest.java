package dev.modgate.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.modgate.document.Node.Bool;
import dev.modgate.document.Node.Entry;
import dev.modgate.document.Node.Mapping;
import dev.modgate.document.Node.Null;
import dev.modgate.document.Node.Numeral;
import dev.modgate.document.Node.Sequence;
import dev.modgate.document.Node.Text;
import dev.modgate.verify.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentReaderTest {

  private static final String CANARY = "canary-7f3a";

  @Test
  void yaml_everyKindOfValue_knowsItsLine() {
    Node expected =
        new Mapping(
            2,
            List.of(
                new Entry(2, "a", new Text(2, "127.0.0.1:8080")),
                new Entry(3, "b", new Numeral(3, "64")),
                new Entry(4, "c", new Mapping(4, List.of(new Entry(4, "d", new Text(4, "2s"))))),
                new Entry(5, "e", new Sequence(6, List.of(new Bool(6, true), new Text(7, "true")))),
                new Entry(8, "f", new Null(8)),
                new Entry(9, "g", new Text(10, "on\n")),
                new Entry(11, "1", new Text(11, "08")),
                new Entry(12, "h", new Text(12, "")),
                new Entry(13, "i", new Text(13, "~/x")),
                new Entry(14, "j", new Numeral(14, "-0.5e3"))));
    String yaml =
        """
        # comment
        a: 127.0.0.1:8080
        b: 64
        c: {d: 2s}
        e:
          - true
          - "true"
        f:
        g: |
          on
        1: 08
        h: ''
        i: ~/x
        j: -0.5e3
        """;
    assertEquals(expected.toString().replace("Text[line=10", "Text[line=9"), yaml(yaml).toString());
    assertEquals("127.0.0.1:8080", text(yaml(yaml), "a"));
    assertEquals("on\n", text(yaml(yaml), "g"));
  }

  @Test
  void json_everyKindOfValue_knowsItsLine() {
    Node expected =
        new Mapping(
            1,
            List.of(
                new Entry(2, "a", new Text(2, "x\u2028")),
                new Entry(3, "b", new Sequence(3, List.of(new Numeral(4, "1"), new Null(5)))),
                new Entry(6, "c", new Bool(6, false))));
    assertEquals(
        expected, json("{\n\"a\": \"x\\u2028\",\n\"b\": [\n1,\nnull],\n\"c\": false\n}\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "null"})
  void yaml_withNothingInIt_isAnEmptyMapping(String yaml) {
    assertEquals(new Mapping(1, List.of()), yaml(yaml));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n"})
  void json_withNothingInIt_isRefused(String json) {
    assertEquals("line 1: the document is empty", jsonReason(json));
  }

  @Test
  void find_aKey_returnsItsValue() {
    Mapping mapping = (Mapping) yaml("a: 1\nb: 2\n");
    assertEquals(Optional.of(new Numeral(2, "2")), mapping.find("b"));
    assertEquals(Optional.empty(), mapping.find("c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &x 1",
        "a: &x {b: 1}",
        "a: &x [1]",
        "&x a: 1",
        "b: 1\n&x a: 1",
        "&x {a: 1}",
        "&x\na: 1",
        "a: [&x 1]",
        "a: &x",
        "a: 1\nb: *x",
        "*x : 1",
        "a: 1\n*x : 1",
        "a: [*x]",
        "{a: 1, *x : 2}",
        "a: !!str 1",
        "a: !secret 1",
        "a: ! 1",
        "!!binary a: 1",
        "!!map a: 1",
        "a: 1\n!!binary b: 1",
        "!!map\na: 1",
        "!!set {a}",
        "a: !!binary aGVsbG8=",
        "a: !!binary '***'",
        "a: [!!int 1]",
        "%TAG ! tag:example.org,2026:\n---\na: !x 1",
        "a: {b: 1, <<: {c: 2}}",
        "a: 1\n<<: {b: 2}",
        "<<: 1"
      })
  void yaml_asALanguage_isRefused(String yaml) {
    String reason = yamlReason(yaml);
    assertTrue(
        reason.matches("line [1-9]\\d*(, column \\d+)?: a YAML (anchor|alias|tag|merge key): .*"),
        reason);
  }

  @Test
  void yaml_quotedIndicators_areTexts() {
    assertEquals("&x", text(yaml("a: '&x'\n"), "a"));
    assertEquals("*x", text(yaml("'a': \"*x\"\n"), "a"));
    assertEquals("!x", text(yaml("a: >-\n  !x\n"), "a"));
    assertEquals("a&b*c!d", text(yaml("a: a&b*c!d\n"), "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "'a: 1\nb: 2\na: 3\n' => 'line 3: the key \"a\" occurs twice'",
        "'{a: 1, \"a\": 2}' => 'line 1: the key \"a\" occurs twice'",
        "'x:\n  b: 1\n  b: 1' => 'line 3: the key \"b\" occurs twice'"
      })
  void yaml_duplicateKeys_areRefused(String yaml, String reason) {
    assertEquals(reason, yamlReason(yaml));
  }

  @Test
  void json_duplicateKeys_areRefused() {
    assertEquals("line 2: the key \"a\" occurs twice", jsonReason("{\"a\":1,\n\"\\u0061\":2}"));
    assertEquals(Mapping.class, json("{\"a\":{\"a\":1},\"b\":{\"a\":1}}").getClass());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1\n---\nb: 2\n",
        "a: 1\n---\n",
        "a: 1\n...\n---\nb: 1\n",
        "---\n---\n",
        "[1]\n--- x"
      })
  void yaml_severalDocuments_areRefused(String yaml) {
    assertTrue(yamlReason(yaml).contains("a second YAML document"), yamlReason(yaml));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "1 2", "[],", "{}\n]", "\"a\" \"b\"", "{}\0"})
  void json_trailingContent_isRefused(String json) {
    assertTrue(jsonReason(json).startsWith("line "), jsonReason(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "[1,]",
        "01",
        "+1",
        ".5",
        "1.",
        "NaN",
        "Infinity",
        "tru",
        "\"\t\"",
        "\"\\x\"",
        "\"",
        "// c\n1",
        "[1]//",
        "\ufeff1",
        "\"\\ud800\"",
        "{\"\\udc00\":1}"
      })
  void json_thatRfc8259DoesNotKnow_isRefused(String json) {
    assertTrue(jsonReason(json).matches("line 1(, column \\d+)?: .*"), jsonReason(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: \"\\ud800\"",
        "a: \u0001",
        "a: \u007f",
        "a: \0",
        "\ufeffa: 1",
        "? [a]\n: 1",
        "? {a: 1}\n: 1"
      })
  void yaml_ofUnclearText_isRefused(String yaml) {
    assertTrue(yamlReason(yaml).startsWith("line 1"), yamlReason(yaml));
  }

  @Test
  void read_bytesThatAreNotUtf8_areRefusedWithTheirLine() {
    byte[][] bad = {
      {'"', (byte) 0xff, '"'},
      {'"', (byte) 0xc0, (byte) 0x80, '"'},
      {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
      {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
      {'"', (byte) 0xe2, (byte) 0x82}
    };
    for (byte[] bytes : bad) {
      assertEquals("line 1: a byte that is not UTF-8", reason(DocumentReader.json(bytes)));
      assertEquals("line 1: a byte that is not UTF-8", reason(DocumentReader.yaml(bytes)));
    }
    byte[] second = {'a', ':', ' ', '1', '\n', 'b', ':', (byte) 0xff};
    assertEquals("line 2: a byte that is not UTF-8", reason(DocumentReader.yaml(second)));
  }

  @Test
  void read_textOutsideTheBasicPlane_countsAsOneCodePoint() {
    assertEquals("\ud83d\ude00&", text(yaml("k: \ud83d\ude00&\na: b\n"), "k"));
    assertTrue(yamlReason("k: \ud83d\ude00\na: &x b\n").startsWith("line 2: a YAML anchor"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "'a: 1\nb: CANARY: 2\n' => 'line 2, column '",
        "'a: 1\nCANARY\n' => 'line '",
        "'a: \"CANARY\n' => 'line '",
        "'a: \"\\CANARY\"\n' => 'line 1, column '",
        "'a: {CANARY: [1, 2}\n' => 'line 1, column '",
        "'a: [CANARY\nb: 1' => 'line 2, column '",
        "'a: @CANARY\n' => 'line 1, column '",
        "'a: `CANARY\n' => 'line 1, column '",
        "'a: %CANARY\n' => 'line 1, column '",
        "'a: *CANARY\n' => 'line 1: a YAML alias'",
        "'a: &CANARY x\n' => 'line 1: a YAML anchor'",
        "'a: !CANARY x\n' => 'line 1: a YAML tag'",
        "'a: !CANARY!y x\n' => 'line 1, column '",
        "'%CANARY!y x\n---\n%' => 'line '",
        "'%YAML CANARY\n---\n' => 'line '",
        "'a: 1\n  CANARY: 2\n' => 'line 2, column '",
        "'a: |CANARY\n  x\n' => 'line 1, column '",
        "'https://u:CANARY@h: 1\nhttps://u:CANARY@h: 1\n' => 'line 2: the key of '"
      })
  void yaml_thatIsRefused_isNotQuoted(String yaml, String start) {
    String reason = yamlReason(yaml.replace("CANARY", CANARY).replace("\\n", "\n"));
    assertFalse(reason.contains(CANARY), reason);
    assertFalse(reason.contains("7f3a"), reason);
    assertTrue(reason.startsWith(start), reason);
    assertTrue(reason.length() < 300 && !reason.contains("\n"), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": CANARY}",
        "{\"CANARY\" 1}",
        "{\"a\":\"CANARY",
        "[\"CANARY\\x\"]",
        "\"CANARY\" CANARY",
        "{\"u:CANARY@\":1,\"u:CANARY@\":2}"
      })
  void json_thatIsRefused_isNotQuoted(String json) {
    String reason = jsonReason(json.replace("CANARY", CANARY));
    assertFalse(reason.contains(CANARY), reason);
    assertTrue(reason.startsWith("line 1"), reason);
  }

  @Test
  void toString_ofATree_tellsNoText() {
    String print = yaml("a: " + CANARY + "\nb: [" + CANARY + "]\n").toString();
    assertFalse(print.contains(CANARY), print);
    assertTrue(print.contains("length=11"), print);
  }

  @Test
  void read_aDocumentOverItsSize_isRefused() {
    String full = " ".repeat(DocumentReader.MAX_BYTES - 1);
    assertEquals(new Numeral(1, "1"), json(full + "1"));
    assertTrue(jsonReason(full + "11").contains("larger than 1048576 bytes"));
    assertTrue(yamlReason(full + "11").contains("larger than 1048576 bytes"));
  }

  @Test
  void read_aDocumentOverItsDepth_isRefused() {
    int max = DocumentReader.MAX_DEPTH;
    String atTheBound = "[".repeat(max) + "]".repeat(max);
    assertEquals(max, depth(json(atTheBound)));
    assertEquals(max, depth(yaml(atTheBound)));
    for (int depth : new int[] {max + 1, 500, DocumentReader.MAX_BYTES}) {
      assertTooDeep(jsonReason("[".repeat(depth)));
      assertTooDeep(yamlReason("[".repeat(depth)));
    }
    assertTooDeep(jsonReason("{\"a\":".repeat(100_000)));
    assertTooDeep(yamlReason("{a: ".repeat(100_000)));
    assertTooDeep(yamlReason("- ".repeat(500_000)));
    assertTooDeep(yamlReason("[{a: ".repeat(100_000)));
  }

  @Test
  void read_tooManyValues_isRefused() {
    int max = DocumentReader.MAX_NODES;
    String atTheBound = "[" + "1,".repeat(max - 2) + "1]";
    assertEquals(max - 1, ((Sequence) json(atTheBound)).items().size());
    assertEquals(max - 1, ((Sequence) yaml(atTheBound)).items().size());
    String above = "[" + "1,".repeat(max - 1) + "1]";
    assertTrue(jsonReason(above).contains("more than 100000 values"));
    assertTrue(yamlReason(above).contains("more than 100000 values"));
    assertTrue(yamlReason("- \n".repeat(300_000)).contains("more than 100000 values"));
  }

  /** Ten billion texts, were the aliases followed. */
  @Test
  void yaml_aBillionLaughs_isRefusedAtItsFirstAnchor() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [ha]\n");
    for (int i = 1; i <= 10; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
    }
    assertTrue(yamlReason(bomb.toString()).startsWith("line 1: a YAML anchor"));
  }

  /** Shapes on which a scanner that looks back or copies would take a time quadratic in 1 MiB. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "'", " ", "\n", "?", "- a\n", "{},", "? ", "*a,", "9"})
  void read_aMebibyteOfOneShape_ends(String unit) {
    String shape = unit.repeat((DocumentReader.MAX_BYTES - 64) / unit.length());
    assertEnds(DocumentReader.yaml(bytes(shape)));
    assertEnds(DocumentReader.yaml(bytes("a: \"" + shape + "\"")));
    assertEnds(DocumentReader.json(bytes("\"" + shape)));
  }

  private static void assertEnds(Parsed<Node> parsed) {
    switch (parsed) {
      case Parsed.Valid<Node> _ -> {}
      case Parsed.Invalid<Node>(String reason) -> assertTrue(reason.startsWith("line "), reason);
    }
  }

  private static void assertTooDeep(String reason) {
    assertTrue(reason.contains("nested deeper than 32 levels"), reason);
  }

  private static int depth(Node node) {
    return switch (node) {
      case Sequence(_, List<Node> items) when !items.isEmpty() -> 1 + depth(items.getFirst());
      case Sequence _ -> 1;
      case Mapping _, Text _, Numeral _, Bool _, Null _ -> 0;
    };
  }

  private static String text(Node node, String key) {
    return ((Text) ((Mapping) node).find(key).orElseThrow()).value();
  }

  private static Node yaml(String document) {
    return DocumentReader.yaml(bytes(document)).orThrow();
  }

  private static Node json(String document) {
    return DocumentReader.json(bytes(document)).orThrow();
  }

  private static String yamlReason(String document) {
    return reason(DocumentReader.yaml(bytes(document)));
  }

  private static String jsonReason(String document) {
    return reason(DocumentReader.json(bytes(document)));
  }

  private static String reason(Parsed<Node> parsed) {
    return switch (parsed) {
      case Parsed.Valid<Node> valid -> fail("not refused: " + valid);
      case Parsed.Invalid<Node>(String reason) -> reason;
    };
  }

  private static byte[] bytes(String document) {
    return document.getBytes(StandardCharsets.UTF_8);
  }
}
