package dev.modgate.document;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * YAML 1.2 without node properties (§6.9: tags and anchors), aliases (§7.1) and merge keys
 * (yaml.org/type/merge.html).
 */
record YamlSyntax(SourceText source) implements Syntax {

  /** The engine's own constants for where it was; only these are ever looked at. */
  private static final Map<String, String> KINDS =
      Map.of(
          "while scanning a simple key", "a line that is neither KEY: VALUE nor a list item",
          "while scanning a quoted scalar", "a quoted text that does not end",
          "while scanning a double-quoted scalar", "an unknown escape in a quoted text",
          "while scanning a block scalar", "a block text that is not indented evenly",
          "while scanning for the next token", "a character that cannot start a value",
          "while parsing a block mapping", "a key that is not aligned with its neighbours",
          "while parsing a block collection", "a list item that is not aligned with the others",
          "while parsing a flow mapping", "a { that is not closed, or a comma missing in it",
          "while parsing a flow sequence", "a [ that is not closed, or a comma missing in it");

  private static final String HINT =
      "; a value that holds ': ' or starts with one of [ ] { } , # & * ! | > ' \" % @ ` needs"
          + " quotes";

  @Override
  public String trailing() {
    return "a second YAML document, or content after the first";
  }

  @Override
  public Optional<String> refusal(JsonParser parser) {
    return switch (source.codePointAt(parser.currentTokenLocation().getCharOffset())) {
      case '&' -> Optional.of("a YAML anchor: write the value where it is needed");
      case '*' -> Optional.of("a YAML alias: write the value itself, or quote the text");
      case '!' -> Optional.of("a YAML tag: write the value without it, or quote the text");
      default -> Optional.empty();
    };
  }

  @Override
  public RefusedDocument fault(JsonParser parser, RuntimeException failure) {
    if (failure.getCause() instanceof MarkedYamlEngineException yaml) {
      Position position = yaml.getProblemMark().map(YamlSyntax::at).orElse(at(parser));
      return new RefusedDocument(position, kind(yaml));
    }
    Optional<String> refusal = refusal(parser);
    String kind =
        failure instanceof StreamConstraintsException
            ? "a text or a key is too long"
            : refusal.orElse("a key that is not a plain text");
    return new RefusedDocument(at(parser), kind);
  }

  /** YAML's contexts are null where the problem says it all. */
  private static String kind(MarkedYamlEngineException yaml) {
    String context = Optional.ofNullable(yaml.getContext()).orElse("");
    return KINDS.getOrDefault(context, "not well-formed YAML") + HINT;
  }

  private static Position at(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Position at(JsonParser parser) {
    TokenStreamLocation location = parser.currentTokenLocation();
    return new Position(Math.max(location.getLineNr(), 1), Math.max(location.getColumnNr(), 0));
  }
}
