package dev.modgate.verify.zip;

import dev.modgate.bench.Recording;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The complete check of module zips, and their hash: what is done before a zip leaves modgate. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ZipBenchmark {

  private static final int LARGEST = 5;

  private List<Recording.Zip> all = List.of();
  private List<Recording.Zip> largest = List.of();

  @Setup
  public void read() throws IOException {
    all = Recording.ofThisRun().zips();
    largest = Recording.ofThisRun().largest(LARGEST);
  }

  /** One operation is one reading of every zip, by one thread. */
  @Benchmark
  public void all() throws IOException {
    examineAlone(all);
  }

  /** One operation is one reading of each of the largest zips, by one thread. */
  @Benchmark
  public void largest() throws IOException {
    examineAlone(largest);
  }

  /** The same with what idle processors do. */
  @Benchmark
  public void largestWithHelpers() throws IOException {
    for (Recording.Zip zip : largest) {
      check(zip, ModuleZip.examine(zip.file(), zip.version()));
    }
  }

  private static void examineAlone(List<Recording.Zip> zips) throws IOException {
    for (Recording.Zip zip : zips) {
      check(zip, ModuleZip.examine(zip.file(), zip.version(), ReadAhead.none(), Long.MAX_VALUE));
    }
  }

  private static void check(Recording.Zip zip, ZipVerdict verdict) {
    if (!(verdict instanceof ZipVerdict.Sound sound) || !sound.h1().toString().equals(zip.h1())) {
      throw new IllegalStateException(zip + ": " + verdict);
    }
  }
}
