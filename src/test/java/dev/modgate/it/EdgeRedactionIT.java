package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envoy itself takes the configuration that redacts at the edge. */
final class EdgeRedactionIT {

  @TempDir Path folder;

  @Test
  void envoy_configurationOfTheEdge_isTaken() throws Exception {
    String config = Files.readString(Path.of("envoy", "redaction.yaml"));
    Run good = validate(config);
    assertEquals(0, good.exit, good.output);
    Run bad = validate(config.replace("inline_string", "inline_strung"));
    assertNotEquals(0, bad.exit, "a mistake is noticed");
  }

  private record Run(int exit, String output) {}

  private Run validate(String config) throws Exception {
    Path file = Files.writeString(folder.resolve("envoy.yaml"), config);
    return run(List.of(envoy(), "--mode", "validate", "-c", file.toString()));
  }

  /** The one named in ENVOY, or the one that otel/tools installs. */
  private static String envoy() throws Exception {
    Optional<String> named = Optional.ofNullable(System.getenv("ENVOY"));
    if (named.isPresent()) {
      return named.get();
    }
    Run install = run(List.of("otel/tools", "envoy"));
    assertEquals(0, install.exit, () -> "Envoy can't be installed: " + install.output);
    return run(List.of("otel/tools", "--path", "envoy")).output.strip();
  }

  private static Run run(List<String> words) throws Exception {
    Process process = new ProcessBuilder(new ArrayList<>(words)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output);
  }
}
