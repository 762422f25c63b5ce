package dev.modgate.it;

import dev.modgate.fake.LeakDetector.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a canary run found, as a table: one file of the build, and a part of the documentation. */
final class CanaryReport {

  static final Path ARTIFACT = Path.of("target", "canary.md");
  static final Path DOCUMENT = Path.of("docs", "redaction.md");

  private static final Pattern PLACE =
      Pattern.compile("(?s)(<!-- canary: [^\n]* -->\n).*?(<!-- /canary -->)");

  private final SequencedMap<String, Map<Encoding, CanarySurfaces.Cell>> found;

  CanaryReport(SequencedMap<String, Map<Encoding, CanarySurfaces.Cell>> found) {
    this.found = found;
  }

  int hits() {
    return cells().mapToInt(cell -> cell.leaks().size()).sum();
  }

  int controls() {
    return cells().mapToInt(CanarySurfaces.Cell::controls).sum();
  }

  /** How many controls there should be. */
  int searches() {
    return found.size() * Encoding.values().length * CanaryDoor.values().length;
  }

  /** Lines of Markdown; the same for every run that finds the same. */
  String text() {
    String summary =
        "%d secrets, %d encodings, %d surfaces: %d hits in %,d searches; %,d of %,d controls fired.\n"
            .formatted(
                CanaryDoor.values().length,
                Encoding.values().length,
                found.size(),
                hits(),
                searches(),
                controls(),
                searches());
    return summary + "\n" + doors() + "\n" + surfaces();
  }

  private static String doors() {
    StringBuilder table =
        new StringBuilder("| a random secret went in by | in encodings |\n|---|---:|\n");
    for (CanaryDoor door : CanaryDoor.values()) {
      long carried = Arrays.stream(Encoding.values()).filter(door::carries).count();
      table.append("| %s | %d |\n".formatted(door.meaning(), carried));
    }
    return table.toString();
  }

  /** Hits, a slash, and the controls that fired. */
  private String surfaces() {
    StringBuilder table = new StringBuilder("| searched |");
    for (Encoding encoding : Encoding.values()) {
      String name = encoding.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      table.append(' ').append(name).append(" |");
    }
    table.append("\n|---|").append("---:|".repeat(Encoding.values().length)).append('\n');
    found.forEach((surface, cells) -> {
      table.append("| ").append(surface).append(" |");
      cells
          .values()
          .forEach(
              cell -> table.append(" %d/%d |".formatted(cell.leaks().size(), cell.controls())));
      table.append('\n');
    });
    return table.toString();
  }

  /** What the documentation says, between its marks. */
  static String committed() throws IOException {
    String document = Files.readString(DOCUMENT);
    Matcher place = place(document);
    return document.substring(place.end(1), place.start(2));
  }

  void apply() throws IOException {
    String document = Files.readString(DOCUMENT);
    Matcher place = place(document);
    Files.writeString(
        DOCUMENT,
        document.substring(0, place.end(1)) + text() + document.substring(place.start(2)));
  }

  private static Matcher place(String document) {
    Matcher place = PLACE.matcher(document);
    if (!place.find()) {
      throw new IllegalStateException(DOCUMENT + " has no place for the canary run");
    }
    return place;
  }

  private Stream<CanarySurfaces.Cell> cells() {
    return found.values().stream().flatMap(row -> row.values().stream());
  }

  /** The doors that leaked, by surface. */
  String leaks() {
    return found.entrySet().stream()
        .flatMap(row ->
            row.getValue().entrySet().stream()
                .filter(cell -> !cell.getValue().leaks().isEmpty())
                .map(cell -> row.getKey() + ", " + cell.getKey() + ": " + cell.getValue().leaks()))
        .collect(Collectors.joining("\n"));
  }
}
