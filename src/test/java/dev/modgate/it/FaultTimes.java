package dev.modgate.it;

import dev.modgate.fake.Fault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long downloads took with each fault, against those without one of the same run. */
final class FaultTimes {

  /** One download: its seconds, and what became of the front. */
  private record Sample(double seconds, FaultyWorld.Front front, int asked) {}

  private final double limit;
  private final int allowance;
  private final Map<Fault, List<Sample>> samples = new EnumMap<>(Fault.class);

  /**
   * @param limit part of a clean download's time that one with a fault may take
   * @param allowance seconds that it may take on top
   */
  FaultTimes(double limit, int allowance) {
    this.limit = limit;
    this.allowance = allowance;
  }

  void add(Fault fault, double seconds, FaultyWorld.Front front, int asked) {
    samples.computeIfAbsent(fault, _ -> new ArrayList<>()).add(new Sample(seconds, front, asked));
  }

  private double median(Fault fault) {
    List<Double> seconds =
        samples.getOrDefault(fault, List.of()).stream().map(Sample::seconds).sorted().toList();
    return seconds.get(seconds.size() / 2);
  }

  private double allowed() {
    return limit * median(Fault.NONE) + allowance;
  }

  /** The faults with which a download takes longer than it may. */
  List<String> tooSlow() {
    return samples.keySet().stream()
        .filter(fault -> median(fault) > allowed())
        .map(fault -> "%s: %.2f s of %.2f s".formatted(fault.words(), median(fault), allowed()))
        .toList();
  }

  /** In Markdown. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | the first mirror | `go mod download all` | seconds (fastest to slowest) | of %.2f s \
            allowed | requests that reached it | how it was thought of at the end |
            |---|---|---|---|---|---|
            """
                .formatted(allowed()));
    samples.forEach((fault, cells) -> table.append(row(fault, cells)));
    return table.toString();
  }

  private String row(Fault fault, List<Sample> cells) {
    double fastest = cells.stream().mapToDouble(Sample::seconds).min().orElseThrow();
    double slowest = cells.stream().mapToDouble(Sample::seconds).max().orElseThrow();
    Sample last = cells.getLast();
    return "| %s | succeeds, %d of %d | **%.2f** (%.2f to %.2f) | %.0f %% | %d | %s |\n"
        .formatted(
            fault.words(),
            cells.size(),
            cells.size(),
            median(fault),
            fastest,
            slowest,
            100 * median(fault) / allowed(),
            last.asked(),
            last.front().health().toLowerCase(Locale.ROOT).replace('_', ' '));
  }
}
