package dev.modgate.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of RFC 6901 §5, and what is no pointer. */
final class JsonPointerTest {

  private static final Node DOCUMENT =
      DocumentReader.json(
              """
              {"foo": ["bar", "baz"], "": "t0", "a/b": "t1", "c%d": "t2", "e^f": "t3",
               "g|h": "t4", "i\\\\j": "t5", "k\\"l": "t6", " ": "t7", "m~n": "t8", "n": {"o": "t9"}}
              """
                  .getBytes(UTF_8))
          .orThrow();

  @Test
  void in_theExamplesOfTheRfc_findsEach() {
    assertEquals(Optional.of("bar"), text("/foo/0"));
    List<String> pointers =
        List.of("/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n", "/n/o");
    for (int i = 0; i < pointers.size(); i++) {
      assertEquals(Optional.of("t" + i), text(pointers.get(i)), pointers.get(i));
    }
    assertEquals(Optional.of(DOCUMENT), JsonPointer.parse("").orThrow().in(DOCUMENT));
  }

  @Test
  void in_whatIsNotThere_findsNothing() {
    for (String pointer :
        List.of("/x", "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/bar", "/foo/0/0", "/n/o/p")) {
      assertEquals(Optional.empty(), JsonPointer.parse(pointer).orThrow().in(DOCUMENT), pointer);
    }
    assertEquals(Optional.empty(), JsonPointer.parse("/foo/99999999999").orThrow().in(DOCUMENT));
  }

  @Test
  void parse_noPointer_isRefused() {
    for (String text : List.of("foo", "~", "/~", "/~2", "/a~", " /a", "/" + "x".repeat(256))) {
      assertFalse(JsonPointer.parse(text).isValid(), text);
    }
    assertTrue(JsonPointer.parse("/access_token").isValid());
  }

  private static Optional<String> text(String pointer) {
    return JsonPointer.parse(pointer)
        .orThrow()
        .in(DOCUMENT)
        .map(node -> node instanceof Node.Text text ? text.value() : node.kind());
  }
}
