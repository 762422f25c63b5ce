package dev.modgate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Go benchmarks, compiled.
 *
 * @param binary what {@code go test -c} wrote
 */
record GoBenchmarks(Path binary, Path gopath) {

  /** Samples of one call. */
  private static final int SAMPLES = 4;

  private static final Pattern SAMPLE =
      Pattern.compile(
          "(?m)^Benchmark\\S*\\s+\\d+\\s+([0-9.]+) ns/op\\s+([0-9.]+) cpu-ns/op\\s+([0-9]+) B/op");

  /** The least of some samples, each of half a second or one operation. */
  Sample run(Contest contest) throws IOException, InterruptedException {
    String function = contest.go();
    ProcessBuilder command =
        new ProcessBuilder(
                binary.toString(),
                "-test.run=^$",
                "-test.bench=^" + function + "$",
                "-test.benchtime=500ms",
                "-test.count=" + SAMPLES,
                "-test.cpu=" + (contest.alone() ? 1 : Runtime.getRuntime().availableProcessors()))
            .redirectErrorStream(true);
    command.environment().put("MODGATE_BENCH_GOPATH", gopath.toString());
    Process process = command.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(function + ": " + output);
    }
    Sample best = Sample.NONE;
    for (Matcher sample = SAMPLE.matcher(output); sample.find(); ) {
      best =
          best.least(
              new Sample(
                  Double.parseDouble(sample.group(1)) / 1e6,
                  Double.parseDouble(sample.group(2)) / 1e6,
                  Double.parseDouble(sample.group(3))));
    }
    if (best.equals(Sample.NONE)) {
      throw new IOException(function + " has no result: " + output);
    }
    return best;
  }
}
