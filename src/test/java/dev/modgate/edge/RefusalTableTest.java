package dev.modgate.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.pipeline.Outcome;
import dev.modgate.pipeline.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusalTableTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void of_refusal_is403AndSaysWhatByWhichRuleAndWhatToDo() {
    Refusal refusal = new Refusal(Refusal.Ground.PROOF, "rule", "reason", "advice");
    RefusalTable.Answer answer =
        RefusalTable.of(new Outcome.Refused(refusal), "x.test/y@v1.0.0", TRACE);
    assertEquals(403, answer.status());
    assertEquals(
        List.of("modgate refused x.test/y@v1.0.0", "rule: reason", "advice", "trace " + TRACE),
        answer.lines());
  }

  @Test
  void of_longWords_staysWithinWhatGoShows() {
    String endless = "many words and a-very-long-one".repeat(200);
    Refusal refusal = new Refusal(Refusal.Ground.PROOF, "rule", endless, endless);
    RefusalTable.Answer answer =
        RefusalTable.of(new Outcome.Refused(refusal), "x".repeat(500), TRACE);
    assertEquals(RefusalTable.LINES, answer.lines().size());
    assertTrue(answer.lines().stream().allMatch(line -> line.length() <= RefusalTable.COLUMNS));
    assertEquals("trace " + TRACE, answer.lines().getLast());
  }

  @Test
  void of_unavailable_isNeverAbsence() {
    assertEquals(502, status(Outcome.Cause.UPSTREAM_FAILED));
    assertEquals(504, status(Outcome.Cause.UPSTREAM_TIMED_OUT));
    assertEquals(503, status(Outcome.Cause.NOT_NOW));
  }

  @Test
  void of_absent_passesStatusAndWordsOn() {
    RefusalTable.Answer gone =
        RefusalTable.of(new Outcome.Absent(410, "gone\n\nfor good\u0007"), "x.test/y");
    assertEquals(410, gone.status());
    assertEquals(List.of("gone", "for good?"), gone.lines());
  }

  private static int status(Outcome.Cause cause) {
    return RefusalTable.of(new Outcome.Unavailable(cause, "r"), "s", TRACE).status();
  }
}
