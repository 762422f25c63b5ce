package dev.modgate.document;

import dev.modgate.verify.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * RFC 6901: the way to one value of a document, such as {@code /data/0/access_token}.
 *
 * @param parts unescaped
 */
public record JsonPointer(List<String> parts) {

  /** In characters. */
  public static final int MAX_LENGTH = 256;

  private static final Pattern SYNTAX = Pattern.compile("(/([^~/]|~[01])*)*");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  public JsonPointer {
    parts = List.copyOf(parts);
  }

  /** No reason quotes the text. */
  public static Parsed<JsonPointer> parse(String text) {
    if (text.length() > MAX_LENGTH || !SYNTAX.matcher(text).matches()) {
      return Parsed.invalid("is not a JSON pointer: /NAME/NAME, with ~0 for ~ and ~1 for /");
    }
    List<String> parts = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String part : text.substring(1).split("/", -1)) {
        parts.add(part.replace("~1", "/").replace("~0", "~"));
      }
    }
    return Parsed.valid(new JsonPointer(parts));
  }

  /** The value that it points to, if there is one. */
  public Optional<Node> in(Node document) {
    Optional<Node> found = Optional.of(document);
    for (String part : parts) {
      found = found.flatMap(node -> step(node, part));
    }
    return found;
  }

  private static Optional<Node> step(Node node, String part) {
    return switch (node) {
      case Node.Mapping mapping -> mapping.find(part);
      case Node.Sequence list ->
          INDEX.matcher(part).matches() && Integer.parseInt(part) < list.items().size()
              ? Optional.of(list.items().get(Integer.parseInt(part)))
              : Optional.empty();
      case Node.Text _, Node.Numeral _, Node.Bool _, Node.Null _ -> Optional.empty();
    };
  }
}
