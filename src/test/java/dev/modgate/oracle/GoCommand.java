package dev.modgate.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The installed {@code go}, held to itself: it fetches no other toolchain and sees no workspace.
 */
public final class GoCommand {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("GOTOOLCHAIN", "local", "GOWORK", "off", "GOFLAGS", "", "CGO_ENABLED", "0");

  private GoCommand() {}

  /**
   * Runs {@code go} and waits for it.
   *
   * @return what it wrote to standard output, UTF-8
   * @throws IllegalStateException with what it wrote to standard error, if it failed
   */
  public static String run(Path directory, String... arguments) {
    List<String> command = Stream.concat(Stream.of("go"), Stream.of(arguments)).toList();
    return run(directory, command);
  }

  private static String run(Path directory, List<String> command) {
    try {
      Path out = Files.createTempFile("go", ".out");
      Path err = Files.createTempFile("go", ".err");
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().putAll(ENVIRONMENT);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      int status = builder.start().waitFor();
      String output = Files.readString(out, UTF_8);
      String errors = Files.readString(err, UTF_8);
      Files.delete(out);
      Files.delete(err);
      if (status != 0) {
        throw new IllegalStateException(command + " ended with " + status + ": " + errors);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
