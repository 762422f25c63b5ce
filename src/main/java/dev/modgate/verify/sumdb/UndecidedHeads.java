package dev.modgate.verify.sumdb;

import dev.modgate.verify.tlog.TreeHead;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signed heads that could not be compared with the timeline, because the source that delivered them
 * did not have the tiles, or not true ones. Another source may: a mirror cannot hide that it showed
 * a second history by keeping its tiles to itself.
 */
final class UndecidedHeads {

  /** The most heads; the oldest one is forgotten first. */
  private static final int CAPACITY = 16;

  /**
   * A head to compare.
   *
   * @param source name of the source that delivered it
   * @param tried size of the timeline when the tiles of a source, by its name, were last tried
   */
  record Undecided(SignedHead head, String source, Map<String, Long> tried) {}

  private final Map<TreeHead, Undecided> heads =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TreeHead, Undecided> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Keeps a head, unless it is the unsigned one. */
  synchronized void add(SignedHead head, LogSource source) {
    if (!head.note().isEmpty()) {
      heads.putIfAbsent(head.head(), new Undecided(head, source.name(), new HashMap<>()));
    }
  }

  synchronized void remove(SignedHead head) {
    heads.remove(head.head());
  }

  /**
   * The heads to compare with a timeline of that size by the tiles of a source. Each is tried once
   * with each source, and again when the timeline has moved.
   */
  synchronized List<Undecided> toTry(long size, LogSource source) {
    return heads.values().stream()
        .filter(undecided -> undecided.head().head().size() <= size)
        .filter(undecided -> !Long.valueOf(size).equals(undecided.tried().put(source.name(), size)))
        .toList();
  }
}
