package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Collector's redaction lets through what modgate's own lets through, and nothing else. */
final class CollectorConfigurationTest {

  private static final Path FILE = Path.of("otel", "collector.yaml");

  @Test
  void allowedKeys_ofSpansAndLogs_areThoseOfModgate() throws IOException {
    Set<String> expected = new TreeSet<>(ResourceRedactor.KEYS);
    AllowedAttributes.all().forEach(attribute -> expected.add(attribute.key()));
    String text = Files.readString(FILE);
    assertEquals(expected, keys(text, "redaction"));
    assertNotEquals(expected, keys(text.replace("- client.address", "- client"), "redaction"));
  }

  @Test
  void allowedKeys_ofMetrics_areThoseOfModgate() throws IOException {
    Set<String> expected = new TreeSet<>(ResourceRedactor.KEYS);
    for (Instrument instrument : Instrument.values()) {
      instrument.labels().forEach(label -> expected.add(label.key()));
    }
    assertEquals(expected, keys(Files.readString(FILE), "redaction/metrics"));
  }

  @Test
  void blockedValues_areTheShapesOfCredentials_andNoHash() throws IOException {
    List<Pattern> blocked = blocked(Files.readString(FILE));
    for (String secret :
        List.of(
            "Bearer abc",
            "basic dXNlcjpwYXNz",
            "token=abc",
            "api-key: abc",
            "{\"password\": \"abc\"}",
            "ghp_0123456789abcdef",
            "glpat-0123456789abcdef",
            "AKIA0123456789ABCDEF",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
            "https://user:abc@host.test/m",
            "-----BEGIN RSA PRIVATE KEY-----")) {
      assertTrue(blocked.stream().anyMatch(p -> p.matcher(secret).find()), secret);
    }
    for (String fine :
        List.of(
            "h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=",
            "golang.org/x/text",
            "github.com/golang-jwt/jwt/v5",
            "v0.0.0-20260102030405-0123456789ab",
            "sum.golang.org",
            "/{module}/@v/{version}.zip")) {
      assertTrue(blocked.stream().noneMatch(p -> p.matcher(fine).find()), fine);
    }
  }

  /** The list of keys below a processor of this name. */
  private static Set<String> keys(String text, String processor) {
    String part = text.substring(text.indexOf("\n  " + processor + ":\n"));
    String list = part.substring(part.indexOf("allowed_keys:"), part.indexOf("blocked_values:"));
    Set<String> keys = new TreeSet<>();
    Pattern.compile("^ {6}- (\\S+)$", Pattern.MULTILINE)
        .matcher(list)
        .results()
        .forEach(key -> assertTrue(keys.add(key.group(1)), key.group(1) + " twice"));
    return keys;
  }

  /** The expressions, in RE2's syntax, which Java's holds as far as they go. */
  private static List<Pattern> blocked(String text) {
    String part = text.substring(text.indexOf("blocked_values: &secrets\n"));
    List<Pattern> patterns =
        Pattern.compile("^ {6}- '(.*)'(?: #.*)?$", Pattern.MULTILINE)
            .matcher(part.substring(0, part.indexOf("summary:")))
            .results()
            .map(line -> Pattern.compile(line.group(1).replace("''", "'")))
            .toList();
    assertEquals(6, patterns.size());
    return patterns;
  }
}
