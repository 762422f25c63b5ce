package dev.modgate.builds;

import dev.modgate.document.JsonLine;
import java.util.ArrayList;
import java.util.List;

/** What a build did not get: the first ones, each once, and how many there were. */
final class Troubles {

  private static final int MOST = 16;

  /** Characters of a reason: it names every mirror. */
  private static final int LONGEST = 1_000;

  private final List<Trouble> kept = new ArrayList<>();
  private long count;

  /**
   * One answer that was none.
   *
   * @param subject what was asked for
   * @param rule who or what decided
   * @param reason one printable line
   * @param advice may be empty
   */
  record Trouble(String subject, String rule, String reason, String advice) {
    Trouble {
      reason = reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
    }

    JsonLine json() {
      return new JsonLine()
          .text("subject", subject)
          .text("rule", rule)
          .text("reason", reason)
          .text("advice", advice);
    }
  }

  void add(Trouble trouble) {
    count++;
    if (kept.size() < MOST && !kept.contains(trouble)) {
      kept.add(trouble);
    }
  }

  long count() {
    return count;
  }

  List<JsonLine> json() {
    return kept.stream().map(Trouble::json).toList();
  }
}
