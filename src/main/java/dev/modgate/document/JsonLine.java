package dev.modgate.document;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One JSON object (RFC 8259) on one line, its keys in the order they were added. Every character
 * that is not a visible one or a space is escaped, so that neither a line reader nor a terminal nor
 * a script sees more than text: controls, line and paragraph separators, format characters such as
 * those that turn the direction of writing. Half a surrogate pair becomes U+FFFD.
 */
public final class JsonLine {

  private final StringBuilder line;

  /** Where the object begins. */
  private final int from;

  /** So few that a search costs less than a hash. */
  private final List<String> keys = new ArrayList<>(16);

  /** An object by itself. */
  public JsonLine() {
    this(new StringBuilder());
  }

  /**
   * Writes the object behind a text, to which nobody else writes until {@link #end}.
   *
   * @param text for example the lines before this one
   */
  public JsonLine(StringBuilder text) {
    this.from = text.length();
    this.line = text.append('{');
  }

  /**
   * Adds a text.
   *
   * @throws IllegalArgumentException if the key is there already, as for every key
   */
  public JsonLine text(String key, String value) {
    key(key);
    quote(value);
    return this;
  }

  /** Adds a text, if there is one. */
  public JsonLine text(String key, Optional<String> value) {
    return value.isPresent() ? text(key, value.get()) : this;
  }

  /** Adds a number. */
  public JsonLine number(String key, long value) {
    key(key);
    line.append(value);
    return this;
  }

  /** Adds {@code true} or {@code false}. */
  public JsonLine bool(String key, boolean value) {
    key(key);
    line.append(value);
    return this;
  }

  /** Adds an object inside this one. */
  public JsonLine object(String key, JsonLine inner) {
    key(key);
    line.append(inner);
    return this;
  }

  /** Adds a list of texts. */
  public JsonLine texts(String key, List<String> values) {
    key(key);
    line.append('[');
    for (int i = 0; i < values.size(); i++) {
      line.append(i == 0 ? "" : ",");
      quote(values.get(i));
    }
    line.append(']');
    return this;
  }

  /** Adds a list of objects. */
  public JsonLine objects(String key, List<JsonLine> values) {
    key(key);
    line.append(values.stream().map(JsonLine::toString).collect(joining(",", "[", "]")));
    return this;
  }

  /** Adds all of them, in their order. */
  public JsonLine members(JsonMembers members) {
    if (members.keys().isEmpty()) {
      return this;
    }
    members.keys().forEach(this::checkNew);
    separate();
    keys.addAll(members.keys());
    line.append(members.text());
    return this;
  }

  /** What was added so far, to be added to other lines. */
  public JsonMembers members() {
    return new JsonMembers(line.substring(from + 1), keys);
  }

  /** Ends the object and its line, in the text that it is written behind. */
  public void end() {
    line.append("}\n");
  }

  /** The object, without a line feed at its end; for one that has not been ended. */
  @Override
  public String toString() {
    return line.substring(from) + "}";
  }

  private void key(String key) {
    checkNew(key);
    separate();
    keys.add(key);
    quote(key);
    line.append(':');
  }

  private void checkNew(String key) {
    if (keys.contains(key)) {
      throw new IllegalArgumentException("the key " + key + " is there already");
    }
  }

  private void separate() {
    if (!keys.isEmpty()) {
      line.append(',');
    }
  }

  private void quote(String text) {
    line.append('"');
    if (isPlain(text)) {
      line.append(text);
    } else {
      text.codePoints().forEach(this::append);
    }
    line.append('"');
  }

  /** Almost every text: visible ASCII and spaces, with nothing to escape. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void append(int c) {
    switch (Character.getType(c)) {
      case Character.SURROGATE -> line.append("\\ufffd");
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          escape(c);
      default -> {
        if (c == '"' || c == '\\') {
          line.append('\\');
        }
        line.appendCodePoint(c);
      }
    }
  }

  private void escape(int c) {
    for (char unit : Character.toChars(c)) {
      line.append("\\u").append(HexFormat.of().toHexDigits(unit));
    }
  }
}
