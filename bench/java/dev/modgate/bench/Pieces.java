package dev.modgate.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The pieces that every hit goes through, each by itself: time and allocation. Prints a table.
 *
 * <p>Argument: {@code --quick} for one short run of each, or nothing.
 */
public final class Pieces {

  /** A piece, in the order of the table. */
  private record Piece(String benchmark, String words) {}

  private static final List<Piece> PIECES =
      List.of(
          new Piece("protocol.TargetBenchmark.goMod", "parse a path: `.mod` of a release"),
          new Piece(
              "protocol.TargetBenchmark.pseudo", "`.zip` of a pseudo-version, with a capital"),
          new Piece("protocol.TargetBenchmark.build", "`.mod` behind the prefix of a build"),
          new Piece("protocol.TargetBenchmark.tile", "a tile"),
          new Piece("admission.AdmissionBenchmark.noPattern", "permit: no pattern"),
          new Piece("admission.AdmissionBenchmark.noneMatches", "none of 64 patterns matches"),
          new Piece("admission.AdmissionBenchmark.lastMatches", "the last of 32 matches"),
          new Piece(
              "telemetry.RedactionBenchmark.seenTexts", "redact a hit's span: texts seen before"),
          new Piece("telemetry.RedactionBenchmark.newTexts", "texts never seen"),
          new Piece("telemetry.RedactionBenchmark.secretInside", "with a known secret in it"),
          new Piece("telemetry.RedactionBenchmark.longText", "scrub a text of 1,024 characters"),
          new Piece("audit.AuditBenchmark.line", "audit: the text of a line"),
          new Piece("audit.AuditBenchmark.append", "append without end, synced"));

  private static final int FORKS = 3;
  private static final int WARM_UPS = 4;
  private static final int SAMPLES = 5;

  private Pieces() {}

  public static void main(String[] arguments) throws RunnerException {
    boolean quick = List.of(arguments).contains("--quick");
    System.out.printf(
        "%s, %d processors, Java %s, JMH %d x %d samples of a second%n%n",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        quick ? 1 : FORKS,
        SAMPLES);
    System.out.println("| piece | ns | ± | fastest sample | bytes allocated |");
    System.out.println("|---|---|---|---|---|");
    for (Piece piece : PIECES) {
      print(piece, run(piece, quick ? 1 : FORKS));
    }
  }

  private static RunResult run(Piece piece, int forks) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("^dev\\.modgate\\." + piece.benchmark.replace(".", "\\.") + "$")
                    .forks(forks)
                    .warmupIterations(WARM_UPS)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(SAMPLES)
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(GCProfiler.class)
                    .jvmArgs("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    return results.stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no benchmark " + piece.benchmark));
  }

  /**
   * The error is half of the interval that holds the mean with 99.9 %; on a busy machine the
   * fastest sample says more.
   */
  private static void print(Piece piece, RunResult result) {
    Map<String, Result> secondary = result.getSecondaryResults();
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | %,.0f | %,.0f |%n",
        piece.words,
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError(),
        result.getPrimaryResult().getStatistics().getMin(),
        Objects.requireNonNull(secondary.get("gc.alloc.rate.norm")).getScore());
  }
}
