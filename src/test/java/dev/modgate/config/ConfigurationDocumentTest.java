package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documentation is as the table of keys has it. {@code mvn test
 * -Dtest=ConfigurationDocumentTest -Ddocs.apply=true} rewrites it.
 */
final class ConfigurationDocumentTest {

  private static final Path DOCUMENT = Path.of("docs/configuration.md");

  @Test
  void document_asCommitted_isTheTable() throws IOException {
    String text = ConfigurationDocument.text();
    if (Boolean.getBoolean("docs.apply")) {
      Files.createDirectories(DOCUMENT.toAbsolutePath().getParent());
      Files.writeString(DOCUMENT, text);
    }
    String committed = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
    assertEquals(text, committed, "run with -Ddocs.apply=true");
  }

  @Test
  void example_isTaken(@TempDir Path directory) {
    new Loading(directory).file(ConfigurationDocument.EXAMPLE).loaded();
  }

  @Test
  void document_doesNotSpellThePublicMirror() {
    String host = URI.create(PublicMirror.URL).getHost();
    assertFalse(ConfigurationDocument.text().contains(host));
  }
}
