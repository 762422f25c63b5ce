package dev.modgate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs both languages in turn, round after round, and prints how many times as fast Java is. The
 * machine's speed changes by the minute; within a round it is much the same for both.
 *
 * <p>Arguments: the folder that was GOPATH, the compiled Go benchmarks, the number of rounds, a
 * pattern of the names of contests, and the history to append to or nothing.
 */
public final class Rounds {

  private static final String HEADER =
      "%-22s %10s %10s %22s %12s %12s%n"
          .formatted("", "Go ms", "Java ms", "Go/Java (min to max)", "Go KiB/op", "Java KiB/op");

  /** The two samples of each round. */
  private record Outcome(Contest contest, List<Sample> go, List<Sample> java) {

    /** How many times as fast Java was, in each round; sorted. */
    double[] ratios() {
      double[] ratios = new double[go.size()];
      Arrays.setAll(ratios, i -> go.get(i).millis() / java.get(i).millis());
      Arrays.sort(ratios);
      return ratios;
    }

    double median(List<Sample> samples, boolean bytes) {
      return middle(
          samples.stream().mapToDouble(s -> bytes ? s.bytes() / 1024 : s.millis()).sorted());
    }
  }

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
            .map(contest -> new Outcome(contest, new ArrayList<>(), new ArrayList<>()))
            .toList();
    for (int round = 1; round <= rounds; round++) {
      for (Outcome outcome : outcomes) {
        outcome.go().add(go.run(outcome.contest().go()));
        outcome.java().add(java.run(outcome.contest().java()));
        System.err.printf(
            Locale.ROOT,
            "round %d of %d: %s %.2f%n",
            round,
            rounds,
            outcome.contest().name(),
            outcome.go().getLast().millis() / outcome.java().getLast().millis());
      }
    }
    print(outcomes, new Recording(gopath).zips().size());
    if (arguments.length > 4) {
      record(Path.of(arguments[4]), outcomes, rounds);
    }
  }

  private static void print(List<Outcome> outcomes, int zips) {
    System.out.printf(
        "%d zips; Java %s; %d processors%n",
        zips, Runtime.version(), Runtime.getRuntime().availableProcessors());
    System.out.print(HEADER);
    for (Outcome outcome : outcomes) {
      double[] ratios = outcome.ratios();
      System.out.printf(
          Locale.ROOT,
          "%-22s %10.1f %10.1f %22s %12.0f %12.0f%n",
          outcome.contest().name(),
          outcome.median(outcome.go(), false),
          outcome.median(outcome.java(), false),
          "%.2f (%.2f to %.2f)"
              .formatted(middle(Arrays.stream(ratios)), ratios[0], ratios[ratios.length - 1]),
          outcome.median(outcome.go(), true),
          outcome.median(outcome.java(), true));
    }
  }

  /** Lines of the date, the contest, the rounds, and the ratio's median, minimum and maximum. */
  private static void record(Path history, List<Outcome> outcomes, int rounds) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Outcome outcome : outcomes) {
      double[] ratios = outcome.ratios();
      lines.append(
          "%s,%s,%d,%.2f,%.2f,%.2f%n"
              .formatted(
                  LocalDate.now(ZoneOffset.UTC),
                  outcome.contest().name(),
                  rounds,
                  middle(Arrays.stream(ratios)),
                  ratios[0],
                  ratios[ratios.length - 1]));
    }
    Files.writeString(history, lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  /** The median of sorted numbers. */
  private static double middle(DoubleStream sorted) {
    double[] numbers = sorted.toArray();
    int half = numbers.length / 2;
    return numbers.length % 2 == 1 ? numbers[half] : (numbers[half - 1] + numbers[half]) / 2;
  }
}
