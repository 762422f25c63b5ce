package dev.modgate.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Builds the tree from a parser's tokens, and stops at the first token over a bound. */
final class TreeReader {

  /** Other keys are not repeated in a sentence: in a broken document a key may be anything. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final JsonParser parser;
  private final Syntax syntax;
  private int nodes;

  TreeReader(JsonParser parser, Syntax syntax) {
    this.parser = parser;
    this.syntax = syntax;
  }

  /** The one value of the document; empty if it holds none. */
  Optional<Node> read() throws RefusedDocument {
    Optional<JsonToken> first = next();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Node root = node(first.get(), 1);
    if (next().isPresent()) {
      throw refused(syntax.trailing());
    }
    return Optional.of(root);
  }

  private Node node(JsonToken token, int depth) throws RefusedDocument {
    nodes++;
    if (nodes > DocumentReader.MAX_NODES) {
      throw refused("more than %d values".formatted(DocumentReader.MAX_NODES));
    }
    int line = line();
    return switch (token) {
      case START_OBJECT -> mapping(line, within(depth));
      case START_ARRAY -> sequence(line, within(depth));
      case VALUE_STRING -> new Node.Text(line, whole(text()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Numeral(line, text());
      case VALUE_TRUE -> new Node.Bool(line, true);
      case VALUE_FALSE -> new Node.Bool(line, false);
      case VALUE_NULL -> new Node.Null(line);
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw refused("a value is missing");
    };
  }

  private int within(int depth) throws RefusedDocument {
    if (depth > DocumentReader.MAX_DEPTH) {
      throw refused("nested deeper than %d levels".formatted(DocumentReader.MAX_DEPTH));
    }
    return depth + 1;
  }

  private Node mapping(int line, int depth) throws RefusedDocument {
    List<Node.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (JsonToken token = inside(); token != JsonToken.END_OBJECT; token = inside()) {
      String key = whole(parser.currentName());
      int keyLine = line();
      if (key.equals("<<") && syntax instanceof YamlSyntax) {
        throw refused("a YAML merge key: write the values where they are needed");
      }
      if (!keys.add(key)) {
        throw refused("the key " + quoted(key) + " occurs twice");
      }
      entries.add(new Node.Entry(keyLine, key, node(inside(), depth)));
    }
    return new Node.Mapping(line, entries);
  }

  private Node sequence(int line, int depth) throws RefusedDocument {
    List<Node> items = new ArrayList<>();
    for (JsonToken token = inside(); token != JsonToken.END_ARRAY; token = inside()) {
      items.add(node(token, depth));
    }
    return new Node.Sequence(line, items);
  }

  private JsonToken inside() throws RefusedDocument {
    return next().orElseThrow(() -> refused("the document ends in the middle"));
  }

  private Optional<JsonToken> next() throws RefusedDocument {
    Optional<JsonToken> token;
    try {
      token = Optional.ofNullable(parser.nextToken());
    } catch (RuntimeException failure) {
      throw syntax.fault(parser, failure);
    }
    if (token.isPresent() && !token.get().isStructEnd()) {
      Optional<String> refusal = syntax.refusal(parser);
      if (refusal.isPresent()) {
        throw refused(refusal.get());
      }
    }
    return token;
  }

  /** The parsers look into a text or number when they are asked for it. */
  private String text() throws RefusedDocument {
    try {
      return parser.getString();
    } catch (RuntimeException failure) {
      throw syntax.fault(parser, failure);
    }
  }

  /** JSON and YAML can escape one half of a surrogate pair: no UTF-8 text holds that. */
  private String whole(String text) throws RefusedDocument {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw refused("half of a surrogate pair");
      }
    }
    return text;
  }

  private static String quoted(String key) {
    return NAME.matcher(key).matches() ? "\"" + key + "\"" : "of " + key.length() + " characters";
  }

  private int line() {
    return Math.max(parser.currentTokenLocation().getLineNr(), 1);
  }

  private RefusedDocument refused(String what) {
    return new RefusedDocument(Position.ofLine(line()), what);
  }
}
