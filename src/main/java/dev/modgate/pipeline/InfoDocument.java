package dev.modgate.pipeline;

import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.module.Semver;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads the JSON of {@code .info} and {@code @latest} as far as the go command insists on it. The
 * bytes are passed on as they are, so that fields like Origin survive.
 *
 * @see <a href="https://go.dev/ref/mod#goproxy-protocol">go.dev/ref/mod#goproxy-protocol</a>
 */
final class InfoDocument {

  private InfoDocument() {}

  /** For a canonical version: the document must be about it. */
  static Parsed<String> about(byte[] json, ModuleVersion asked) {
    return version(json)
        .then(version ->
            version.equals(asked.version())
                ? Parsed.valid(version)
                : Parsed.invalid("info is about another version than was asked for"));
  }

  /** For a query: the document must name a canonical version of anything. */
  static Parsed<String> version(byte[] json) {
    return DocumentReader.json(json).then(InfoDocument::version);
  }

  private static Parsed<String> version(Node node) {
    if (!(node instanceof Node.Mapping info)) {
      return Parsed.invalid("info is not a JSON object");
    }
    if (!(info.find("Version").orElse(node) instanceof Node.Text(int _, String version))
        || !Semver.canonicalVersion(version).equals(version)
        || version.isEmpty()) {
      return Parsed.invalid("info names no canonical version");
    }
    return isTime(info.find("Time"))
        ? Parsed.valid(version)
        : Parsed.invalid("info has a time that is not RFC 3339");
  }

  private static boolean isTime(Optional<Node> time) {
    if (time.isEmpty()) {
      return true;
    }
    if (!(time.get() instanceof Node.Text(int _, String text))) {
      return false;
    }
    try {
      DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
