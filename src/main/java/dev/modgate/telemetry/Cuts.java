package dev.modgate.telemetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The parts of one text that must not be shown. */
final class Cuts {

  /** What stands in the place of each part. */
  static final String PLACEHOLDER = "[REDACTED]";

  /**
   * One part.
   *
   * @param from index of the first character
   * @param to index after the last character; from &lt; to
   */
  private record Cut(int from, int to) {}

  private final List<Cut> cuts = new ArrayList<>(2);

  /** Adds a part; an empty one is ignored. */
  void add(int from, int to) {
    if (from < to) {
      cuts.add(new Cut(from, to));
    }
  }

  boolean isEmpty() {
    return cuts.isEmpty();
  }

  /** The text with a placeholder for each part; parts that overlap or touch become one. */
  String apply(String text) {
    if (cuts.isEmpty()) {
      return text;
    }
    cuts.sort(Comparator.comparingInt(Cut::from));
    StringBuilder shown = new StringBuilder(text.length());
    int shownTo = 0;
    int cutTo = -1;
    for (Cut cut : cuts) {
      if (cut.from > cutTo) {
        shown.append(text, shownTo, cut.from).append(PLACEHOLDER);
      }
      cutTo = Math.max(cutTo, cut.to);
      shownTo = cutTo;
    }
    return shown.append(text, shownTo, text.length()).toString();
  }
}
