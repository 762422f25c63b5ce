package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.oracle.GoCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Texts that match each of gitleaks' rules, made while this runs, in the middle of a log line: what
 * is a secret by the rule must not be in the line that leaves. The rules come out of gitleaks'
 * module; without it this fails and says so.
 */
final class GitleaksRulesIT {

  private static final String MODULE = "github.com/zricethezav/gitleaks/v8@v8.30.1";
  private static final String HASH = "h1:PmEvCfVI7ti9dV3s5aMZUY7sS2GxRvG3yzih7E+cS3w=";

  private static final Path PROGRAM = Path.of("src", "test", "go", "rulesamples");
  private static final Path DOCUMENT = Path.of("docs", "redaction.md");
  private static final Pattern PLACE =
      Pattern.compile("(?s)(<!-- gitleaks: [^\n]* -->\n).*?(<!-- /gitleaks -->)");

  /** So many characters of a secret in a row are too many. */
  private static final int PIECE = 12;

  /** Of 221 with an expression; the names of the others are in the document. */
  private static final int LEAST_RECOGNISED = 200;

  /**
   * A text that matches, and what in it is the secret.
   *
   * @param text holds {@code secret}
   */
  private record Sample(String text, String secret) {}

  private record Rule(String name, List<Sample> samples) {}

  @Test
  void everyRule_sampleInALogLine_isRedactedOrNamedInTheDocument() throws IOException {
    List<Rule> rules = rules();
    Scrubber scrubber = new Scrubber(new KnownSecrets());
    List<String> missed = new ArrayList<>();
    for (Rule rule : rules) {
      assertFalse(rule.samples.isEmpty(), () -> "no sample of " + rule.name);
      long kept = rule.samples.stream().filter(sample -> leaves(sample, scrubber)).count();
      if (kept > 0) {
        missed.add("`" + rule.name + "` (" + kept + " of " + rule.samples.size() + ")");
      }
    }
    assertTrue(
        rules.size() - missed.size() >= LEAST_RECOGNISED, () -> missed.size() + " " + missed);
    String text =
        "%d rules of gitleaks 8.30.1, up to 5 samples each: all samples of %d are redacted in a log line. Not all of: %s.\n"
            .formatted(rules.size(), rules.size() - missed.size(), String.join(", ", missed));
    assertDocumented(text);
  }

  /** The same judgement on a line that nobody scrubs. */
  @Test
  void everySample_withoutRedaction_isNoticed() {
    for (Rule rule : rules()) {
      for (Sample sample : rule.samples) {
        assertTrue(shows(line(sample), sample.secret), rule.name);
      }
    }
  }

  private static boolean leaves(Sample sample, Scrubber scrubber) {
    return shows(scrubber.scrub(line(sample)), sample.secret);
  }

  private static String line(Sample sample) {
    return "the mirror said: " + sample.text + " , and hung up";
  }

  private static boolean shows(String line, String secret) {
    int length = Math.min(PIECE, secret.length());
    for (int i = 0; i + length <= secret.length(); i++) {
      if (line.contains(secret.substring(i, i + length))) {
        return true;
      }
    }
    return false;
  }

  private static void assertDocumented(String text) throws IOException {
    String document = Files.readString(DOCUMENT);
    Matcher place = PLACE.matcher(document);
    assertTrue(place.find(), () -> DOCUMENT + " has no place for the rules of gitleaks");
    if (Boolean.getBoolean("docs.apply")) {
      Files.writeString(
          DOCUMENT,
          document.substring(0, place.end(1)) + text + document.substring(place.start(2)));
      return;
    }
    assertEquals(
        document.substring(place.end(1), place.start(2)), text, "run with -Ddocs.apply=true");
  }

  private static List<Rule> rules() {
    String told = GoCommand.run(PROGRAM, "mod", "download", "-json", MODULE);
    assertTrue(told.contains("\"Sum\": \"" + HASH + "\""), () -> MODULE + " is another: " + told);
    Matcher folder = Pattern.compile("\"Dir\": \"([^\"]+)\"").matcher(told);
    assertTrue(folder.find(), () -> MODULE + " can't be had: " + told);
    String rules = Path.of(folder.group(1), "config", "gitleaks.toml").toString();
    return GoCommand.run(PROGRAM, "run", ".", rules).lines().map(GitleaksRulesIT::rule).toList();
  }

  private static Rule rule(String line) {
    String[] words = line.split(" ", -1);
    return new Rule(
        new String(decoded(words[0]), UTF_8),
        Arrays.stream(words).skip(1).map(GitleaksRulesIT::sample).toList());
  }

  private static Sample sample(String word) {
    String[] parts = word.split(":", -1);
    return new Sample(
        new String(decoded(parts[0]), ISO_8859_1), new String(decoded(parts[1]), ISO_8859_1));
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
