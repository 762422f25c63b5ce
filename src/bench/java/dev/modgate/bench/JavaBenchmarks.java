package dev.modgate.bench;

import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
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

  /** The fastest of some samples, each of half a second or one operation. */
  Sample run(String benchmark) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("^" + benchmark.replace(".", "\\.") + "$")
                    .forks(1)
                    .warmupIterations(WARM_UPS)
                    .warmupTime(WARM_UP)
                    .measurementIterations(SAMPLES)
                    .measurementTime(SAMPLE)
                    .addProfiler(GCProfiler.class)
                    .jvmArgs("-D" + Recording.PROPERTY + "=" + gopath)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Sample best = Sample.NONE;
    for (RunResult result : results) {
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          best =
              best.faster(
                  new Sample(
                      iteration.getPrimaryResult().getScore(),
                      iteration.getSecondaryResults().get("gc.alloc.rate.norm").getScore()));
        }
      }
    }
    return best;
  }
}
