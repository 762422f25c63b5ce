package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product as its users run it: the jar, in a process of its own. */
final class ModgateProcess implements AutoCloseable {

  private static final Pattern SERVING =
      Pattern.compile("modgate: serving (http://\\S+) \\(admin (http://\\S+)\\)");

  private final Process process;
  private final List<String> output = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> readers = new ArrayList<>();
  private final String url;
  private final String admin;

  private ModgateProcess(Process process) throws IOException {
    this.process = process;
    readers.add(collect(process.errorReader(UTF_8)));
    BufferedReader out = process.inputReader(UTF_8);
    String first = Optional.ofNullable(out.readLine()).orElse("");
    output.add(first);
    readers.add(collect(out));
    Matcher serving = SERVING.matcher(first);
    if (!serving.matches()) {
      close();
      throw new IllegalStateException("modgate did not start:\n" + output());
    }
    this.url = serving.group(1);
    this.admin = serving.group(2);
  }

  /** Starts it on free ports. */
  static ModgateProcess serve(Path data, Path config, Map<String, String> environment)
      throws IOException {
    return serve(data, config, environment, List.of());
  }

  /**
   * Starts it on free ports.
   *
   * @param options for its JVM
   */
  static ModgateProcess serve(
      Path data, Path config, Map<String, String> environment, List<String> options)
      throws IOException {
    return serve(data, config, environment, options, List.of());
  }

  /**
   * Starts it on free ports.
   *
   * @param options for its JVM
   * @param wrapper a command that becomes (by exec) the command that its last arguments are
   */
  static ModgateProcess serve(
      Path data,
      Path config,
      Map<String, String> environment,
      List<String> options,
      List<String> wrapper)
      throws IOException {
    List<String> command = new ArrayList<>(command());
    command.addAll(1, options);
    command.addAll(0, wrapper);
    command.addAll(List.of("serve", "--config", config.toString(), "--data", data.toString()));
    command.addAll(List.of("--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new ModgateProcess(builder.start());
  }

  /** {@code java -jar target/modgate.jar}. */
  static List<String> command() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-jar", System.getProperty("modgate.jar", "target/modgate.jar"));
  }

  String url() {
    return url;
  }

  String admin() {
    return admin;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: it ends here and now. */
  void kill() {
    process.toHandle().destroyForcibly(); // of the process itself: it closes no stream
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
    for (Thread reader : readers) {
      reader.join();
    }
  }

  /** Everything that it has printed so far, on standard output and standard error. */
  String output() {
    synchronized (output) {
      return String.join("\n", output);
    }
  }

  /** The audit log's lines; call it after {@link #close} to have them all. */
  static List<String> audit(Path data) throws IOException {
    Path file = data.resolve("audit").resolve("audit.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private Thread collect(BufferedReader lines) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            lines.lines().forEach(output::add);
          } catch (UncheckedIOException e) {
            // The process is gone.
          }
        });
  }

  /** Ends it as a supervisor does, and waits until it is gone. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("modgate did not end within 40 s of SIGTERM");
      }
      for (Thread reader : readers) {
        reader.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
