package dev.modgate.config;

import dev.modgate.config.ListType.Texts;
import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list of texts, or one text with commas. Spaces around an item do not count.
 *
 * @param items what they are, in the plural
 * @param least how many there must be
 * @param check valid, or why an item is refused ("is not …"), without repeating it
 */
record ListType(String items, String example, int least, Function<String, Parsed<String>> check)
    implements ValueType<Texts> {

  /** The items; it prints them with commas. */
  record Texts(List<String> items) {
    Texts {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return String.join(",", items);
    }
  }

  @Override
  public Class<Texts> javaType() {
    return Texts.class;
  }

  @Override
  public String what() {
    return "a list of " + items + ", or one text with commas" + (least > 0 ? "; not empty" : "");
  }

  @Override
  public Optional<String> textOf(Node node) {
    return switch (node) {
      case Node.Text text -> Optional.of(text.value());
      case Node.Sequence list -> joined(list);
      case Node.Mapping _, Node.Numeral _, Node.Bool _, Node.Null _ -> Optional.empty();
    };
  }

  @Override
  public String found(Node node) {
    return node instanceof Node.Sequence
        ? "a list with an item that is not a text or holds a comma"
        : node.kind();
  }

  /** An item that is not a text makes the list one of the wrong kind; so does a comma in it. */
  private static Optional<String> joined(Node.Sequence list) {
    List<String> texts = new ArrayList<>();
    for (Node item : list.items()) {
      if (!(item instanceof Node.Text text) || text.value().contains(",")) {
        return Optional.empty();
      }
      texts.add(text.value().isBlank() ? "," : text.value());
    }
    return Optional.of(String.join(",", texts));
  }

  @Override
  public Parsed<Texts> parse(String text) {
    List<String> accepted = new ArrayList<>();
    String[] written = text.isBlank() ? new String[0] : text.split(",", -1);
    for (int i = 0; i < written.length; i++) {
      switch (item(written[i].strip(), accepted)) {
        case Parsed.Valid<String>(String item) -> accepted.add(item);
        case Parsed.Invalid<String>(String reason) -> {
          return Parsed.invalid("has an item, number " + (i + 1) + ", that " + reason);
        }
      }
    }
    return accepted.size() < least
        ? Parsed.invalid("needs at least one item")
        : Parsed.valid(new Texts(accepted));
  }

  private Parsed<String> item(String item, List<String> before) {
    if (item.isEmpty()) {
      return Parsed.invalid("is empty");
    }
    return before.contains(item) ? Parsed.invalid("occurs twice") : check.apply(item);
  }
}
