package dev.modgate.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/resilience.md}, in which the runs of the faults write down what they measured. */
final class ResilienceDocument {

  private static final Path FILE = Path.of("docs/resilience.md");

  private ResilienceDocument() {}

  /** True if this run is the one whose figures are kept, and held against the limits. */
  static boolean isAsked() {
    return Boolean.getBoolean("docs.apply");
  }

  /**
   * Puts a table between the two comments of its name.
   *
   * @param table lines of Markdown, with a newline at the end
   */
  static void write(String name, String table) throws IOException {
    String text = Files.readString(FILE);
    Matcher place =
        Pattern.compile("(?s)(<!-- %1$s -->\n).*?(<!-- /%1$s -->)".formatted(name)).matcher(text);
    if (!place.find()) {
      throw new IllegalStateException(FILE + " has no place for the table " + name);
    }
    String when =
        "\nOn %s, %d processors, Java %s:\n\n"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature());
    String replaced =
        text.substring(0, place.end(1)) + when + table + "\n" + text.substring(place.start(2));
    Files.writeString(FILE, replaced);
  }
}
