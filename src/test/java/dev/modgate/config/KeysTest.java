package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KeysTest {

  @Test
  void everyDefault_isWellFormedAndCanonical() {
    for (Key<?> key : Keys.all()) {
      if (key.absence() == Key.Absence.DEFAULT) {
        assertEquals(key.defaultText(), reprinted(key, key.defaultText()), key.path());
      }
    }
  }

  @Test
  void everyExample_mayBeWrittenInAFile() {
    for (Key<?> key : Keys.all()) {
      for (String example : List.of(key.example(), key.type().example())) {
        byte[] yaml = ("k: " + example).getBytes(StandardCharsets.UTF_8);
        Node.Mapping file = (Node.Mapping) DocumentReader.yaml(yaml).orThrow();
        String text = key.type().textOf(file.find("k").orElseThrow()).orElseThrow();
        assertEquals(text, reprinted(key, text), key.path());
      }
    }
  }

  @Test
  void everyPath_isUniqueAndNoPlace() {
    Set<String> paths = new HashSet<>();
    for (Key<?> key : Keys.all()) {
      assertTrue(paths.add(key.path()), key.path());
      assertFalse(Places.isPlace(key.path()), key.path());
    }
  }

  @Test
  void everyVariable_isUnique() {
    Set<String> variables = new HashSet<>();
    for (Key<?> key : Keys.all()) {
      assertTrue(variables.add(key.variable()), key.variable());
      assertFalse(key.variable().equals(EnvironmentSource.CONFIG));
      assertFalse(key.variable().startsWith(EnvironmentSource.LAUNCHER));
    }
  }

  /** Else the name of the mirror in a variable would have two readings. */
  @Test
  void noLeafOfAMirrorsVariable_endsInAnother() {
    for (Key<?> one : Keys.ofMirrors()) {
      for (Key<?> other : Keys.ofMirrors()) {
        assertFalse(one.variableLeaf().endsWith("_" + other.variableLeaf()), one.variableLeaf());
      }
    }
  }

  @Test
  void everyDescription_isASentence() {
    for (Key<?> key : Keys.all()) {
      assertTrue(key.description().matches("[A-Z`].*\\."), key.path());
    }
  }

  private static <T> String reprinted(Key<T> key, String text) {
    return key.type().show(key.type().parse(text).orThrow());
  }
}
