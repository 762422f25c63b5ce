package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Collector that only redacts lets through what modgate lets through, and nothing else. */
final class CollectorRedactionTest {

  private static final Pattern KEY = Pattern.compile("(?m)^      - ([a-z0-9_.]+)$");

  @Test
  void allowedKeys_ofTheCollector_areAllOfModgates() throws IOException {
    Set<String> allowed = keys();
    for (AllowedAttribute attribute : AllowedAttributes.all()) {
      assertEquals(Set.of(), missing(List.of(attribute.key()), allowed));
    }
    Set<String> known =
        AllowedAttributes.all().stream()
            .map(AllowedAttribute::key)
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(ResourceRedactor.KEYS);
    assertEquals(Set.of(), missing(allowed, known));
    assertFalse(allowed.isEmpty());
  }

  @Test
  void aKeyOfNobody_isNoticed() {
    assertEquals(Set.of("url.full"), missing(List.of("url.full"), ResourceRedactor.KEYS));
  }

  private static Set<String> missing(Iterable<String> keys, Set<String> among) {
    Set<String> missing = new TreeSet<>();
    keys.forEach(key -> {
      if (!among.contains(key)) {
        missing.add(key);
      }
    });
    return missing;
  }

  private static Set<String> keys() throws IOException {
    String config = Files.readString(Path.of("otel", "redaction-only.yaml"));
    return KEY.matcher(config).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }
}
