package dev.modgate.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts in which no credential was found while the same secrets were known: names of modules,
 * versions, hashes and hosts come again and again.
 */
final class CleanTexts {

  /** Texts that are remembered; then all are forgotten. */
  static final int MOST = 4096;

  /** Characters of the longest one that is remembered. */
  private static final int LONGEST = 256;

  private final long generation;
  private final Set<String> texts = ConcurrentHashMap.newKeySet();

  private CleanTexts(long generation) {
    this.generation = generation;
  }

  boolean contains(String text) {
    return texts.contains(text);
  }

  void add(String text) {
    if (text.length() > LONGEST) {
      return;
    }
    if (texts.size() >= MOST) {
      texts.clear();
    }
    texts.add(text);
  }

  /** Those of the secrets that are known now. */
  static final class Current {
    private volatile CleanTexts newest = new CleanTexts(-1);

    /**
     * What was found with other secrets does not count.
     *
     * @param generation of the secrets, read before the text is searched
     */
    CleanTexts of(long generation) {
      CleanTexts now = newest;
      if (now.generation != generation) {
        now = new CleanTexts(generation);
        newest = now;
      }
      return now;
    }
  }
}
