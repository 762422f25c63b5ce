package dev.modgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The samples of a contest, of each round one in each language. */
record Outcome(Contest contest, List<Sample> go, List<Sample> java) {

  /**
   * How many times as fast Java was.
   *
   * @param value Go's median by Java's median
   * @param least of all rounds
   * @param most of all rounds
   */
  record Ratio(double value, double least, double most) {}

  static Outcome of(Contest contest) {
    return new Outcome(contest, new ArrayList<>(), new ArrayList<>());
  }

  Ratio ratio(ToDoubleFunction<Sample> what) {
    double[] rounds =
        IntStream.range(0, go.size())
            .mapToDouble(i -> what.applyAsDouble(go.get(i)) / what.applyAsDouble(java.get(i)))
            .sorted()
            .toArray();
    return new Ratio(median(go, what) / median(java, what), rounds[0], rounds[rounds.length - 1]);
  }

  static double median(List<Sample> samples, ToDoubleFunction<Sample> what) {
    double[] sorted = samples.stream().mapToDouble(what).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : mean(sorted[half - 1], sorted[half]);
  }

  private static double mean(double... numbers) {
    return DoubleStream.of(numbers).average().orElseThrow();
  }
}
