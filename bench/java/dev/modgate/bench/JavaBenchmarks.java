package dev.modgate.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The JMH benchmarks, each call in a new JVM with the JVM's own defaults. */
record JavaBenchmarks(Path gopath) {

  private static final int WARM_UPS = 4;
  private static final int SAMPLES = 4;
  private static final TimeValue WARM_UP = TimeValue.seconds(2);
  private static final TimeValue SAMPLE = TimeValue.milliseconds(500);

  /** The least of some samples, each of half a second or one operation. */
  Sample run(Contest contest) throws RunnerException {
    List<String> options = new ArrayList<>(List.of("-D" + Recording.PROPERTY + "=" + gopath));
    if (contest.alone()) {
      options.add("-XX:ActiveProcessorCount=1");
    }
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("^" + contest.java().replace(".", "\\.") + "$")
                    .forks(1)
                    .warmupIterations(WARM_UPS)
                    .warmupTime(WARM_UP)
                    .measurementIterations(SAMPLES)
                    .measurementTime(SAMPLE)
                    .addProfiler(GCProfiler.class)
                    .addProfiler(CpuProfiler.class)
                    .jvmArgs(options.toArray(String[]::new))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Sample best = Sample.NONE;
    for (RunResult result : results) {
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          best = best.least(sample(iteration));
        }
      }
    }
    return best;
  }

  private static Sample sample(IterationResult iteration) {
    Map<String, Result> secondary = iteration.getSecondaryResults();
    return new Sample(
        iteration.getPrimaryResult().getScore(),
        Objects.requireNonNull(secondary.get(CpuProfiler.NAME)).getScore(),
        Objects.requireNonNull(secondary.get("gc.alloc.rate.norm")).getScore());
  }
}
