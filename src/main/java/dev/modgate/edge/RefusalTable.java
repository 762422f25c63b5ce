package dev.modgate.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.modgate.pipeline.Outcome;
import dev.modgate.pipeline.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The one place where what is not served becomes HTTP. 404 and 410 let the go command look
 * elsewhere, so they mean "not there" and nothing else.
 *
 * @see <a href="https://go.dev/ref/mod#goproxy-protocol">go.dev/ref/mod#goproxy-protocol</a>
 */
final class RefusalTable {

  /** What the go command shows of an answer: eight lines of 80 characters. */
  static final int LINES = 8;

  static final int COLUMNS = 80;

  private RefusalTable() {}

  /**
   * @param retryAfter seconds
   */
  record Answer(int status, List<String> lines, OptionalInt retryAfter) {
    byte[] body() {
      return (String.join("\n", lines) + "\n").getBytes(US_ASCII);
    }
  }

  /**
   * @param subject what was asked for, as the protocol room spells it
   */
  static Answer of(Outcome.Absent absent, String subject) {
    String words = absent.words().isEmpty() ? "not found: " + subject : absent.words();
    return new Answer(absent.status(), shown(List.of(words.split("\n"))), OptionalInt.empty());
  }

  static Answer of(Outcome.Refused refused, String subject, String traceId) {
    Refusal refusal = refused.refusal();
    return new Answer(
        403,
        shown(
            List.of(
                "modgate refused " + subject,
                refusal.rule() + ": " + refusal.reason(),
                refusal.advice()),
            "trace " + traceId),
        OptionalInt.empty());
  }

  static Answer of(Outcome.Unavailable unavailable, String subject, String traceId) {
    List<String> lines =
        shown(
            List.of("modgate could not get " + subject, unavailable.reason()), "trace " + traceId);
    return switch (unavailable.cause()) {
      case UPSTREAM_FAILED -> new Answer(502, lines, OptionalInt.empty());
      case UPSTREAM_TIMED_OUT -> new Answer(504, lines, OptionalInt.empty());
      case NOT_NOW -> new Answer(503, lines, OptionalInt.of(5));
    };
  }

  static Answer plain(int status, String words) {
    return new Answer(status, shown(List.of(words)), OptionalInt.empty());
  }

  /** The lines folded and cut to what is shown; the last ones are always there. */
  private static List<String> shown(List<String> lines, String... last) {
    List<String> folded = new ArrayList<>();
    for (String line : lines) {
      fold(line, folded);
    }
    int room = LINES - last.length;
    List<String> kept = new ArrayList<>(folded.size() > room ? folded.subList(0, room) : folded);
    kept.addAll(List.of(last));
    return List.copyOf(kept);
  }

  /** Breaks at spaces where it can; a blank line would end what is shown. */
  private static void fold(String line, List<String> folded) {
    String rest = line.replaceAll("[^\\x20-\\x7e]", "?").strip();
    while (rest.length() > COLUMNS) {
      int space = rest.lastIndexOf(' ', COLUMNS);
      int end = space > 0 ? space : COLUMNS;
      folded.add(rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    if (!rest.isEmpty()) {
      folded.add(rest);
    }
  }
}
