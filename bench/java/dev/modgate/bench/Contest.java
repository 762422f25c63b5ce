package dev.modgate.bench;

import java.util.List;

/**
 * The same work in both languages.
 *
 * @param name a stable word of the history
 * @param java the JMH benchmark, with its class
 * @param go the function of the Go benchmark
 * @param alone if each has one processor only, so that no garbage collector works beside it
 */
record Contest(String name, String java, String go, boolean alone) {

  private static final String ZIP = "dev.modgate.verify.zip.ZipBenchmark.";
  private static final String LOG = "dev.modgate.bench.LogBenchmark.";

  static final List<Contest> ALL =
      List.of(
          new Contest("zips-one-thread", ZIP + "all", "BenchmarkZips", true),
          new Contest("largest-one-thread", ZIP + "largest", "BenchmarkLargestZips", true),
          new Contest(
              "largest-with-helpers", ZIP + "largestWithHelpers", "BenchmarkLargestZips", false),
          new Contest("lookups-warm", LOG + "warm", "BenchmarkWarmLookups", false),
          new Contest("lookups-cold", LOG + "cold", "BenchmarkColdLookups", false),
          new Contest(
              "lookups-new-clients",
              LOG + "warmNewClients",
              "BenchmarkWarmLookupsOfNewClients",
              false));
}
