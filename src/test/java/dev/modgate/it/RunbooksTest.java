package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The runbooks, the alerts and the lists of metrics and attributes speak of the same things. */
final class RunbooksTest {

  private static final Path OTEL = Path.of("otel");
  private static final Path ALERTS = OTEL.resolve("alerts.yml");

  private static final Path RULE_TESTS = Path.of("src", "test", "prometheus", "rules_test.yml");

  private static final List<String> HEADINGS =
      List.of(
          "## Meaning",
          "## Impact",
          "## Diagnosis",
          "### Symptom",
          "### Metric",
          "### Jaeger",
          "### Confirm",
          "## Mitigation",
          "### What to do",
          "### It is over when");

  @Test
  void everyRunbook_hasEverySection_andCommands() throws IOException {
    for (Runbook runbook : all()) {
      List<String> expected = new ArrayList<>(List.of("# " + runbook.name()));
      expected.addAll(HEADINGS);
      assertEquals(expected, runbook.headings(), runbook.name());
      assertFalse(runbook.scripts(Runbook.CONFIRM).isEmpty(), runbook.name());
      assertFalse(runbook.commands(Runbook.OVER).isEmpty(), runbook.name());
    }
  }

  @Test
  void everyMetric_isDocumented() throws IOException {
    Set<String> documented = documentedMetrics();
    for (Runbook runbook : all()) {
      Set<String> named = Runbook.metrics(runbook.text());
      assertFalse(named.isEmpty(), runbook.name());
      assertTrue(documented.containsAll(named), runbook.name() + ": " + named);
    }
    assertFalse(documented.containsAll(Runbook.metrics("modgate_made_up 1")));
  }

  @Test
  void everySearch_usesWhatSpansMayHave() throws IOException {
    String document = read("attributes.md");
    Set<String> attributes =
        matches(Pattern.compile("^\\| `([a-z0-9_.]+)` ", Pattern.MULTILINE), document);
    Set<String> operations = operations(document);
    for (Runbook runbook : all()) {
      Runbook.Search search = runbook.search();
      assertEquals("modgate", search.service(), runbook.name());
      assertTrue(operations.contains(search.operation()), search.operation());
      assertTrue(attributes.containsAll(search.tags().keySet()), search.tags().toString());
    }
    assertFalse(operations.contains("made-up"));
  }

  /** The words, and every route with a method. */
  private static Set<String> operations(String document) {
    Set<String> operations = new TreeSet<>();
    for (String line : document.lines().toList()) {
      if (line.startsWith("Names of spans:")) {
        operations.addAll(matches(Pattern.compile("`([a-z]+)`"), line));
      } else if (line.startsWith("Routes:")) {
        matches(Pattern.compile("`(/[^`]*)`"), line)
            .forEach(route -> operations.addAll(List.of("GET " + route, "HEAD " + route)));
      }
    }
    return operations;
  }

  @Test
  void index_listsExactlyTheFiles() throws IOException {
    String index = Files.readString(Runbook.FOLDER.resolve("README.md"));
    List<String> listed =
        Pattern.compile("^\\| \\[(\\w+)\\]\\((\\w+)\\.md\\) ", Pattern.MULTILINE)
            .matcher(index)
            .results()
            .peek((MatchResult link) -> assertEquals(link.group(1), link.group(2)))
            .map(link -> link.group(2))
            .toList();
    assertEquals(names(), listed);
  }

  @Test
  void everyAlert_isTheExpressionOfItsRunbook() throws IOException {
    List<String> alerts =
        Pattern.compile(
                """
                      - alert: (\\w+)
                        expr: (.*)
                        for: \\d+m
                        labels: \\{severity: (?:critical|warning)\\}
                        annotations:
                          summary: ".*"
                          runbook_url: docs/runbooks/(\\w+)\\.md
                """)
            .matcher(read("alerts.yml"))
            .results()
            .map((MatchResult alert) ->
                alert.group(1) + " " + alert.group(3) + "\n" + alert.group(2))
            .toList();
    List<String> expected = new ArrayList<>();
    for (Runbook runbook : all()) {
      expected.add(runbook.name() + " " + runbook.name() + "\n" + runbook.expression());
    }
    assertEquals(expected, alerts);
  }

  @Test
  void everyRecordingRule_hasATest() throws IOException {
    Set<String> recorded = matches(Pattern.compile("record: (\\S+)"), read("rules.yml"));
    Set<String> tested =
        matches(Pattern.compile("expr: '(?:round\\()?([a-z_0-9:]+)"), Files.readString(RULE_TESTS));
    assertFalse(recorded.isEmpty());
    assertEquals(recorded, tested);
  }

  /** promtool comes with Prometheus (Debian: apt-get install prometheus). */
  @Test
  void alerts_ringWhenTheyShould_andOnlyThen() throws Exception {
    Path tests = Path.of("src/test/prometheus/alerts_test.yml");
    Set<String> tested = matches(Pattern.compile("alertname: (\\w+)"), Files.readString(tests));
    assertEquals(Set.copyOf(names()), tested);
    try {
      promtool(0, "check", "rules", ALERTS.toString());
      promtool(0, "test", "rules", tests.toString());
      promtool(0, "check", "rules", OTEL.resolve("rules.yml").toString());
      promtool(0, "test", "rules", RULE_TESTS.toString());
      promtool(1, "test", "rules", "src/test/prometheus/planted_test.yml");
    } catch (IOException e) {
      System.err.println(
          "RunbooksTest: NOT checked: otel/alerts.yml and rules.yml by promtool: "
              + e.getMessage());
    }
  }

  private static void promtool(int expected, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(expected, process.waitFor(), output);
  }

  private static List<Runbook> all() throws IOException {
    List<Runbook> runbooks = new ArrayList<>();
    for (String name : names()) {
      runbooks.add(Runbook.read(name));
    }
    return runbooks;
  }

  private static List<String> names() throws IOException {
    try (var files = Files.list(Runbook.FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.equals("README.md"))
          .map(file -> file.replaceFirst("\\.md$", ""))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  /** The names in the table of {@code otel/metrics.md}. */
  static Set<String> documentedMetrics() throws IOException {
    Set<String> names =
        matches(
            Pattern.compile("^\\| `([A-Za-z0-9_]+)` \\| (?:gauge|counter) ", Pattern.MULTILINE),
            read("metrics.md"));
    for (String times :
        matches(
            Pattern.compile("^\\| `([A-Za-z0-9_]+)` \\| histogram ", Pattern.MULTILINE),
            read("metrics.md"))) {
      names.addAll(List.of(times + "_bucket", times + "_count", times + "_sum"));
    }
    return names;
  }

  private static String read(String file) throws IOException {
    return Files.readString(OTEL.resolve(file));
  }

  /** The first group of each match, or all of it. */
  private static Set<String> matches(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.groupCount() > 0 ? match.group(1) : match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
