package dev.modgate.verify.sumdb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Evidence that a checksum database has signed two tree heads that contradict each other: the tree
 * of one does not begin with the tree of the other.
 *
 * @param database name of the database
 * @param source the source that delivered the second of the two
 * @param olderNote signed note of the head with fewer records, or as many
 * @param newerNote signed note of the other; empty if it is the unsigned tree without records
 * @param proof lines that say which root the newer tree has over the older one's records, and prove
 *     it (RFC 6962 §2.1.2)
 */
public record Fork(
    String database, String source, String olderNote, String newerNote, String proof) {

  private static final String TITLE = "contradicting tree heads, both signed by ";
  private static final String SOURCE = "source of the second:";
  private static final String OLDER = "older head:";
  private static final String NEWER = "newer head:";
  private static final String PROOF = "proof:";

  /** The same evidence, with another source of the second head. */
  Fork from(String otherSource) {
    return new Fork(database, otherSource, olderNote, newerNote, proof);
  }

  /** {@return a text to keep and to read: a heading per part, its lines indented by a tab} */
  public String text() {
    return TITLE
        + database
        + "\n"
        + part(SOURCE, source)
        + part(OLDER, olderNote)
        + part(NEWER, newerNote)
        + part(PROOF, proof);
  }

  private static String part(String heading, String text) {
    return heading
        + "\n"
        + text.lines().map(line -> "\t" + line + "\n").collect(Collectors.joining());
  }

  /**
   * Reads {@link #text}. Any text is a fork: what is not understood becomes the proof, so that
   * spoilt evidence does not restore trust.
   *
   * @param database name of the database
   * @param text any text
   * @return a fork, never nothing
   */
  public static Fork ofText(String database, String text) {
    List<String> lines = text.lines().toList();
    Fork fork =
        new Fork(
            database,
            part(lines, SOURCE).strip(),
            part(lines, OLDER),
            part(lines, NEWER),
            part(lines, PROOF));
    return fork.text().equals(text) ? fork : new Fork(database, "", "", "", text);
  }

  private static String part(List<String> lines, String heading) {
    int start = lines.indexOf(heading) + 1;
    List<String> part = new ArrayList<>();
    for (int i = start; i > 0 && i < lines.size() && lines.get(i).startsWith("\t"); i++) {
      part.add(lines.get(i).substring(1) + "\n");
    }
    return String.join("", part);
  }
}
