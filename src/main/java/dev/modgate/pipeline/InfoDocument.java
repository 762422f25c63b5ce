package dev.modgate.pipeline;

import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.module.Semver;
import dev.modgate.verify.module.SimpleFold;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the JSON of {@code .info} and {@code @latest} as far as the go command insists on it. The
 * bytes are passed on as they are, so that fields like Origin survive; so a document that the go
 * command reads otherwise, or not at all, is refused.
 *
 * @see <a href="https://go.dev/ref/mod#goproxy-protocol">go.dev/ref/mod#goproxy-protocol</a>
 */
public final class InfoDocument {

  private static final Set<String> FIELDS = Set.of("Version", "Time", "Origin");

  private static final Set<String> ORIGIN_FIELDS =
      Set.of("VCS", "URL", "Subdir", "Hash", "TagPrefix", "TagSum", "Ref", "RepoSum");

  /** The form of RFC 3339 that Go reads; whether there is such a day is another question. */
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");

  private InfoDocument() {}

  /** For a canonical version: the document must be about it. */
  public static Parsed<String> about(byte[] json, ModuleVersion asked) {
    return version(json)
        .then(version ->
            version.equals(asked.version())
                ? Parsed.valid(version)
                : Parsed.invalid("info is about another version than was asked for"));
  }

  /** For a query: the document must name a canonical version of anything. */
  public static Parsed<String> version(byte[] json) {
    return DocumentReader.json(json).then(InfoDocument::version);
  }

  private static Parsed<String> version(Node node) {
    if (!(node instanceof Node.Mapping info)) {
      return Parsed.invalid("info is not a JSON object");
    }
    if (hasOtherSpelling(info, FIELDS)) {
      return Parsed.invalid("info has a key that is Version, Time or Origin in other letters");
    }
    if (!(info.find("Version").orElse(node) instanceof Node.Text(int _, String version))
        || !Semver.canonicalVersion(version).equals(version)
        || version.isEmpty()) {
      return Parsed.invalid("info names no canonical version");
    }
    if (!info.find("Time").map(InfoDocument::isTime).orElse(true)) {
      return Parsed.invalid("info has a time that is not RFC 3339");
    }
    return info.find("Origin").map(InfoDocument::isOrigin).orElse(true)
        ? Parsed.valid(version)
        : Parsed.invalid("info has an origin that is not an object of texts");
  }

  /** The go command takes a key in any case for the field, and the last one counts. */
  private static boolean hasOtherSpelling(Node.Mapping mapping, Set<String> fields) {
    return mapping.entries().stream()
        .map(Node.Entry::key)
        .anyMatch(key ->
            !fields.contains(key)
                && fields.stream().anyMatch(field -> SimpleFold.equal(field, key)));
  }

  private static boolean isTime(Node time) {
    if (!(time instanceof Node.Text(int _, String text)) || !TIME.matcher(text).matches()) {
      return false;
    }
    try {
      DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isOrigin(Node origin) {
    if (!(origin instanceof Node.Mapping fields)) {
      return origin instanceof Node.Null;
    }
    return !hasOtherSpelling(fields, ORIGIN_FIELDS)
        && fields.entries().stream()
            .filter(entry -> ORIGIN_FIELDS.contains(entry.key()))
            .map(Node.Entry::value)
            .allMatch(value -> value instanceof Node.Text || value instanceof Node.Null);
  }
}
