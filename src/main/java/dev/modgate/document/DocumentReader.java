package dev.modgate.document;

import dev.modgate.verify.Parsed;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Reads JSON (RFC 8259) and YAML 1.2 with its JSON schema. A refusal reads {@code line N: …} or
 * {@code line N, column M: …} and repeats nothing of the document but keys.
 */
public final class DocumentReader {

  /** In bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /** Mappings and lists inside each other; the outermost has depth 1. */
  public static final int MAX_DEPTH = 32;

  /** Values of all kinds, the document itself included. */
  public static final int MAX_NODES = 100_000;

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private DocumentReader() {}

  /** Reads exactly one JSON value. */
  public static Parsed<Node> json(byte[] document) {
    return SourceText.decode(document).then(DocumentReader::json);
  }

  /** Reads exactly one YAML document; an empty one is an empty mapping. */
  public static Parsed<Node> yaml(byte[] document) {
    return SourceText.decode(document)
        .then(SourceText::withoutControlCharacters)
        .then(DocumentReader::yaml);
  }

  private static Parsed<Node> json(SourceText source) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), source.text())) {
      return new TreeReader(parser, new JsonSyntax())
          .read()
          .map(Parsed::valid)
          .orElse(Parsed.invalid("line 1: the document is empty"));
    } catch (RefusedDocument refused) {
      return Parsed.invalid(refused.reason());
    }
  }

  private static Parsed<Node> yaml(SourceText source) {
    try (JsonParser parser =
        yamlFactory(source).createParser(ObjectReadContext.empty(), source.text())) {
      return Parsed.valid(
          new TreeReader(parser, new YamlSyntax(source))
              .read()
              .filter(root -> !(root instanceof Node.Null))
              .orElse(new Node.Mapping(1, List.of())));
    } catch (RefusedDocument refused) {
      return Parsed.invalid(refused.reason());
    }
  }

  /**
   * Its buffer holds the whole text: filling a small one again and again is quadratic. Duplicate
   * keys are {@link TreeReader}'s to refuse.
   */
  private static YAMLFactory yamlFactory(SourceText source) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new JsonSchema())
            .setAllowDuplicateKeys(true)
            .setBufferSize(source.text().length() + 1)
            .build();
    return YAMLFactory.builder().loadSettings(settings).build();
  }
}
