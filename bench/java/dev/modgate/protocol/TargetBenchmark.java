package dev.modgate.protocol;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A raw target becomes a request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TargetBenchmark {

  private final TargetParser targets = new TargetParser(List.of("sum.golang.org"));

  private String goMod = "/golang.org/x/text/@v/v0.14.0.mod";
  private String pseudo =
      "/github.com/!azure/go-autorest/autorest/@v/v0.0.0-20191109021931-daa7c04131f5.zip";
  private String build = "/~build-4711/golang.org/x/text/@v/v0.14.0.mod";
  private String tile = "/sumdb/sum.golang.org/tile/8/0/x012/x345/678";

  @Benchmark
  public Target goMod() {
    return known(targets.parse(goMod));
  }

  /** A pseudo-version of a module with capitals in its path. */
  @Benchmark
  public Target pseudo() {
    return known(targets.parse(pseudo));
  }

  /** The prefix of a build, and the target behind it. */
  @Benchmark
  public Target build() {
    BuildPrefix.Addressed addressed = BuildPrefix.read(build).orThrow();
    if (addressed.build().isEmpty()) {
      throw new IllegalStateException("no build in " + build);
    }
    return known(targets.parse(addressed.target()));
  }

  @Benchmark
  public Target tile() {
    return known(targets.parse(tile));
  }

  private static Target known(Target target) {
    if (!(target instanceof Target.Known)) {
      throw new IllegalStateException(target.toString());
    }
    return target;
  }
}
