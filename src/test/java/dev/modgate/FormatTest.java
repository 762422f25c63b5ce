package dev.modgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source file is as google-java-format writes it. {@code mvn test -Dtest=FormatTest
 * -Dformat.apply=true} rewrites those that are not.
 */
final class FormatTest {

  @Test
  void everySource_asCommitted_isFormatted() throws Exception {
    boolean apply = Boolean.getBoolean("format.apply");
    List<Path> unformatted = new ArrayList<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      String formatted = format(text);
      if (!formatted.equals(text)) {
        unformatted.add(source);
        if (apply) {
          Files.writeString(source, formatted);
        }
      }
    }
    assertEquals(
        List.of(),
        unformatted,
        apply ? "rewritten; run again" : "mvn test -Dtest=FormatTest -Dformat.apply=true");
  }

  @Test
  void aCrookedSource_isNoticed() throws FormatterException {
    String crooked = "class A {int a ;}\n";
    assertNotEquals(crooked, format(crooked));
  }

  private static String format(String text) throws FormatterException {
    String tidy = RemoveUnusedImports.removeUnusedImports(text);
    tidy = ImportOrderer.reorderImports(tidy, JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(tidy);
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of("src", "bench")) {
      try (var files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    return sources;
  }
}
