package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.verify.sumdb.LogSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The books of how a log is reached. */
final class CountedSourcesTest {

  private static final LogSource.Answer HEAD = new LogSource.Answer.Body(new byte[0]);
  private static final LogSource.Answer NOT_THERE = new LogSource.Answer.Missing(404, "no");
  private static final LogSource.Answer FAILED = new LogSource.Answer.Failed("no connection");

  private LogSource.Answer next = FAILED;
  private final CountedSources sources =
      new CountedSources(() -> List.of(LogSource.of("mirror", _ -> next)));

  @Test
  void failures_inARow_areCountedUntilAnAnswer_anAbsenceIsOne() {
    assertBooks(0, 0, 0);
    ask(FAILED, 2);
    assertBooks(0, 2, 2);
    ask(NOT_THERE, 1);
    assertBooks(1, 2, 0);
    ask(FAILED, 1);
    assertBooks(1, 3, 1);
    ask(HEAD, 1);
    assertBooks(2, 3, 0);
  }

  @Test
  void source_keepsItsName() {
    assertEquals("mirror", sources.inOrder().getFirst().name());
  }

  private void ask(LogSource.Answer answer, int times) {
    next = answer;
    for (int i = 0; i < times; i++) {
      assertEquals(answer, sources.inOrder().getFirst().get("/latest"));
    }
  }

  private void assertBooks(long answered, long failed, long inARow) {
    assertEquals(answered, sources.answered());
    assertEquals(failed, sources.failed());
    assertEquals(inARow, sources.failedInARow());
  }
}
