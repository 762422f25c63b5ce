package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs Jazzer with a target, in a JVM of its own on the class path of this one.
 *
 * @param directory where each run leaves its output and its findings
 * @param oracle what targets ask that hold us against Go
 */
record Jazzer(Path directory, Oracle oracle) {

  /** The system property that tells a target where the oracle is. */
  static final String ORACLE = "modgate.fuzz.oracle";

  /** What Jazzer ends with when the target threw. */
  static final int FOUND = 77;

  /** So long may the target take for one input; libFuzzer calls more a finding. */
  private static final int SECONDS_FOR_ONE_INPUT = 30;

  /**
   * Most of a short search is the start of the JVM; with C1 alone it takes little more than half.
   */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  private static final String THOROUGH = "-XX:TieredStopAtLevel=4";

  private static final Pattern PROGRESS = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)/");

  /**
   * How a run ended.
   *
   * @param status 0, {@link #FOUND}, or another number for a hang or a target that can't be run
   * @param executions how many inputs it ran, 0 if it was cut short by a finding
   * @param edges how many edges of our code it has seen
   * @param inputs how many inputs of its corpus reach something that no other one does
   * @param findings the inputs that it stopped at
   * @param output what it printed
   */
  record Result(
      FuzzTarget target,
      int status,
      long executions,
      long edges,
      long inputs,
      List<Path> findings,
      String output) {}

  /**
   * Searches until so many inputs have run, at most ten minutes.
   *
   * @param corpus where new inputs are put and old ones are taken from; exists
   */
  Result search(FuzzTarget target, Path corpus, int runs) throws IOException, InterruptedException {
    return run(target, QUICK, List.of(corpus), "-runs=" + runs, "-max_total_time=600");
  }

  /** Searches for so long; as above, but with the better compiler. */
  Result searchFor(FuzzTarget target, Path corpus, int seconds)
      throws IOException, InterruptedException {
    String bound = seconds == 0 ? "-runs=0" : "-max_total_time=" + seconds;
    return run(target, THOROUGH, List.of(corpus), bound);
  }

  /** Adds to a corpus those inputs of another one, and of the seeds, that reach something new. */
  Result merge(FuzzTarget target, Path into, Path from) throws IOException, InterruptedException {
    return run(target, QUICK, List.of(into, from), "-merge=1");
  }

  private Result run(FuzzTarget target, String compiler, List<Path> corpora, String... options)
      throws IOException, InterruptedException {
    Path scratch = Files.createDirectories(directory.resolve(target.name()));
    Path findings = Files.createDirectories(directory.resolve("findings"));
    Path out = scratch.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command(target, compiler, corpora, findings, options))
            .directory(scratch.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    List<Path> old = found(findings, target);
    Process process = builder.start();
    try {
      int status = process.waitFor();
      List<Path> found = new ArrayList<>(found(findings, target));
      found.removeAll(old);
      return result(target, status, Files.readString(out, UTF_8), found);
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private List<String> command(
      FuzzTarget target, String compiler, List<Path> corpora, Path findings, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            // A target that needs more memory has found something.
            "-Xmx512m",
            "-XX:+UseSerialGC",
            compiler,
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-D" + ORACLE + "=" + oracle.program(),
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.type().getName(),
            "--instrumentation_includes=dev.modgate.**:tools.jackson.core.json.**",
            "--custom_hook_includes=dev.modgate.**"));
    command.addAll(
        List.of(
            "-print_final_stats=1",
            "-timeout=" + SECONDS_FOR_ONE_INPUT,
            "-artifact_prefix=" + findings.toAbsolutePath().resolve(target.name()) + "-"));
    command.addAll(List.of(options));
    corpora.forEach(corpus -> command.add(corpus.toAbsolutePath().toString()));
    return command;
  }

  private static Result result(FuzzTarget target, int status, String output, List<Path> findings) {
    long edges = 0;
    long inputs = 0;
    for (Matcher progress = PROGRESS.matcher(output); progress.find(); ) {
      edges = Long.parseLong(progress.group(1));
      inputs = Long.parseLong(progress.group(3));
    }
    Matcher executed = Pattern.compile("number_of_executed_units: (\\d+)").matcher(output);
    long executions = executed.find() ? Long.parseLong(executed.group(1)) : 0;
    return new Result(target, status, executions, edges, inputs, findings, output);
  }

  private static List<Path> found(Path findings, FuzzTarget target) throws IOException {
    try (Stream<Path> files = Files.list(findings)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(target.name() + "-"))
          .sorted()
          .toList();
    }
  }
}
