package dev.modgate.document;

import java.util.List;

/** Some members of an object, written out once to be put into many lines. Immutable. */
public final class JsonMembers {

  private final String text;
  private final List<String> keys;

  /**
   * @param text with commas between them
   */
  JsonMembers(String text, List<String> keys) {
    this.text = text;
    this.keys = List.copyOf(keys);
  }

  String text() {
    return text;
  }

  List<String> keys() {
    return keys;
  }
}
