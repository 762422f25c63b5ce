package dev.modgate.document;

import java.util.List;
import java.util.Optional;

/** One value of a document. */
public sealed interface Node {

  /** The line that the value starts on, from 1. */
  int line();

  /** What the value is, as a person would call it: {@code a mapping}, {@code a number}. */
  default String kind() {
    return switch (this) {
      case Mapping _ -> "a mapping";
      case Sequence _ -> "a list";
      case Text _ -> "a text";
      case Numeral _ -> "a number";
      case Bool _ -> "true or false";
      case Null _ -> "nothing";
    };
  }

  /**
   * A JSON object or YAML mapping.
   *
   * @param entries in the order of the document; no key occurs twice
   */
  record Mapping(int line, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The value of a key, if there is one. */
    public Optional<Node> find(String key) {
      return entries.stream().filter(e -> e.key().equals(key)).map(Entry::value).findFirst();
    }
  }

  /**
   * A key and its value.
   *
   * @param line the line of the key, from 1
   */
  record Entry(int line, String key, Node value) {}

  /** A JSON array or YAML sequence. */
  record Sequence(int line, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A JSON string, or a YAML scalar that is neither of the kinds below. It may be a secret, so
   * {@link #toString} tells only its length.
   *
   * @param value without unpaired surrogates
   */
  record Text(int line, String value) implements Node {
    @Override
    public String toString() {
      return "Text[line=" + line + ", length=" + value.length() + "]";
    }
  }

  /**
   * A number of JSON's syntax, in YAML one without quotes.
   *
   * @param text as written: {@code 1}, {@code -0.5e3}
   */
  record Numeral(int line, String text) implements Node {
    @Override
    public String toString() {
      return "Numeral[line=" + line + ", length=" + text.length() + "]";
    }
  }

  /** {@code true} or {@code false}; in YAML {@code yes} and {@code on} are texts. */
  record Bool(int line, boolean value) implements Node {}

  /** {@code null}, or a YAML key with nothing after it. */
  record Null(int line) implements Node {}
}
