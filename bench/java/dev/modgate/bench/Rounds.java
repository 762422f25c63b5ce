package dev.modgate.bench;

import dev.modgate.bench.Outcome.Ratio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs both languages in turn, round after round, and prints how many times as fast Java is: by
 * time, which is right on an idle machine, and by processor time, which is right on a busy one too.
 * The machine's speed changes by the minute; within a round it is much the same for both.
 *
 * <p>Arguments: the folder that was GOPATH, the compiled Go benchmarks, the number of rounds, a
 * pattern of the names of contests, and the history to append to or nothing.
 */
public final class Rounds {

  private Rounds() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, RunnerException {
    Path gopath = Path.of(arguments[0]);
    JavaBenchmarks java = new JavaBenchmarks(gopath);
    GoBenchmarks go = new GoBenchmarks(Path.of(arguments[1]), gopath);
    int rounds = Integer.parseInt(arguments[2]);
    List<Outcome> outcomes =
        Contest.ALL.stream()
            .filter(contest -> contest.name().matches(arguments[3]))
            .map(Outcome::of)
            .toList();
    for (int round = 1; round <= rounds; round++) {
      for (Outcome outcome : outcomes) {
        outcome.go().add(go.run(outcome.contest()));
        outcome.java().add(java.run(outcome.contest()));
        System.err.printf(
            Locale.ROOT,
            "round %d of %d: %s %s%n",
            round,
            rounds,
            outcome.contest().name(),
            roundRatio(outcome.go().getLast(), outcome.java().getLast()));
      }
    }
    print(outcomes, new Recording(gopath).zips().size());
    if (arguments.length > 4) {
      record(Path.of(arguments[4]), outcomes, rounds);
    }
  }

  private static String roundRatio(Sample go, Sample java) {
    return String.format(
        Locale.ROOT,
        "%.2f by time, %.2f by processor time",
        go.millis() / java.millis(),
        go.cpuMillis() / java.cpuMillis());
  }

  private static void print(List<Outcome> outcomes, int zips) {
    System.out.printf(
        "%d zips; Java %s; %d processors%n",
        zips, Runtime.version(), Runtime.getRuntime().availableProcessors());
    String line = "%-21s %8s %8s %20s %9s %9s %20s %9s %9s%n";
    System.out.printf(line, "", "Go", "Java", "", "Go", "Java", "by processor time", "Go", "Java");
    System.out.printf(
        line, "", "ms", "ms", "Go/Java", "cpu ms", "cpu ms", "Go/Java", "KiB/op", "KiB/op");
    for (Outcome outcome : outcomes) {
      List<Sample> go = outcome.go();
      List<Sample> java = outcome.java();
      System.out.printf(
          line,
          outcome.contest().name(),
          number("%.1f", Outcome.median(go, Sample::millis)),
          number("%.1f", Outcome.median(java, Sample::millis)),
          text(outcome.ratio(Sample::millis)),
          number("%.1f", Outcome.median(go, Sample::cpuMillis)),
          number("%.1f", Outcome.median(java, Sample::cpuMillis)),
          text(outcome.ratio(Sample::cpuMillis)),
          number("%.0f", Outcome.median(go, Sample::bytes) / 1024),
          number("%.0f", Outcome.median(java, Sample::bytes) / 1024));
    }
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String text(Ratio ratio) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.value(), ratio.least(), ratio.most());
  }

  /** Lines of the date, the contest, the rounds, and the two ratios. */
  private static void record(Path history, List<Outcome> outcomes, int rounds) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Outcome outcome : outcomes) {
      lines
          .append(LocalDate.now(ZoneOffset.UTC))
          .append(',')
          .append(outcome.contest().name())
          .append(',')
          .append(rounds)
          .append(cells(outcome.ratio(Sample::millis)))
          .append(cells(outcome.ratio(Sample::cpuMillis)))
          .append('\n');
    }
    Files.writeString(history, lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  private static String cells(Ratio ratio) {
    return String.format(
        Locale.ROOT, ",%.2f,%.2f,%.2f", ratio.value(), ratio.least(), ratio.most());
  }
}
