package dev.modgate.bench;

import java.util.List;

/**
 * The same work in both languages.
 *
 * @param name a stable word of the history
 * @param java the JMH benchmark, with its class
 * @param go the function of the Go benchmark
 */
record Contest(String name, String java, String go) {

  private static final String ZIP = "dev.modgate.verify.zip.ZipBenchmark.";
  private static final String LOG = "dev.modgate.bench.LogBenchmark.";

  static final List<Contest> ALL =
      List.of(
          new Contest("zips-one-thread", ZIP + "all", "BenchmarkZips"),
          new Contest("largest-one-thread", ZIP + "largest", "BenchmarkLargestZips"),
          new Contest("largest-with-helpers", ZIP + "largestWithHelpers", "BenchmarkLargestZips"),
          new Contest("lookups-warm", LOG + "warm", "BenchmarkWarmLookups"),
          new Contest("lookups-cold", LOG + "cold", "BenchmarkColdLookups"),
          new Contest(
              "lookups-new-clients", LOG + "warmNewClients", "BenchmarkWarmLookupsOfNewClients"));
}
