package dev.modgate.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of {@code docs/runbooks}.
 *
 * @param name without {@code .md}
 * @param blocks in the order of the page
 */
record Runbook(String name, String text, List<Block> blocks) {

  static final Path FOLDER = Path.of("docs", "runbooks");

  static final String CONFIRM = "Confirm";
  static final String WHAT_TO_DO = "What to do";
  static final String OVER = "It is over when";

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:modgate|resilience4j)_[a-z0-9_]+\\b");

  private static final Pattern FENCE = Pattern.compile("```([a-z]*)");

  /**
   * A fenced block.
   *
   * @param heading the nearest above it
   * @param language what follows the fence
   */
  record Block(String heading, String language, String content) {}

  static Runbook read(String name) throws IOException {
    return of(name, Files.readString(FOLDER.resolve(name + ".md")));
  }

  static Runbook of(String name, String text) {
    return new Runbook(name, text, blocks(text));
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    String heading = "";
    Optional<String> language = Optional.empty();
    List<String> content = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      var fence = FENCE.matcher(line);
      if (fence.matches() && language.isPresent()) {
        blocks.add(new Block(heading, language.get(), String.join("\n", content)));
        language = Optional.empty();
        content.clear();
      } else if (fence.matches()) {
        language = Optional.of(fence.group(1));
      } else if (language.isPresent()) {
        content.add(line);
      } else if (line.startsWith("#")) {
        heading = line.replaceFirst("^#+ ", "");
      }
    }
    return List.copyOf(blocks);
  }

  /** The names of metrics in a text. */
  static Set<String> metrics(String text) {
    return METRIC
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Lines such as {@code ## Impact}. */
  List<String> headings() {
    return text.lines().filter(line -> line.startsWith("#")).toList();
  }

  /** The shell blocks below a heading. */
  List<String> scripts(String heading) {
    return blocks.stream()
        .filter(block -> block.language().equals("sh") && block.heading().equals(heading))
        .map(Block::content)
        .toList();
  }

  /** The shell commands below a heading, one a line. */
  List<String> commands(String heading) {
    return scripts(heading).stream().flatMap(String::lines).toList();
  }

  /** The expression of the alert. */
  String expression() {
    return only("promql");
  }

  /** What to search for in Jaeger. */
  Search search() {
    Map<String, String> lines = new HashMap<>();
    only("jaeger").lines().forEach(line -> put(lines, line, ": "));
    Map<String, String> tags = new HashMap<>();
    for (String tag : lines.getOrDefault("tags", "").split(" ", -1)) {
      put(tags, tag, "=");
    }
    return new Search(
        lines.getOrDefault("service", ""), lines.getOrDefault("operation", ""), Map.copyOf(tags));
  }

  private static void put(Map<String, String> map, String text, String separator) {
    int at = text.indexOf(separator);
    if (at < 1) {
      throw new IllegalStateException("no key and value: " + text);
    }
    map.put(text.substring(0, at), text.substring(at + separator.length()));
  }

  private String only(String language) {
    List<Block> found = blocks.stream().filter(b -> b.language().equals(language)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(name + ": " + found.size() + " blocks of " + language);
    }
    return found.getFirst().content();
  }

  /** A search as Jaeger's form has it. */
  record Search(String service, String operation, Map<String, String> tags) {

    boolean finds(ExportedSpan span) {
      return span.service().equals(service)
          && span.operation().equals(operation)
          && span.tags().entrySet().containsAll(tags.entrySet());
    }

    /** With the operator's variable replaced in the values. */
    Search with(String variable, String value) {
      Map<String, String> replaced = new HashMap<>();
      tags.forEach((key, old) -> replaced.put(key, old.replace("$" + variable, value)));
      return new Search(service, operation, replaced);
    }
  }
}
