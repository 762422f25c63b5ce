package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a slow download is noticed. */
final class FaultTimesTest {

  private static final FaultyWorld.Front FRONT = new FaultyWorld.Front("TAKEN_OUT", "CLOSED", 1, 2);

  private final FaultTimes times = new FaultTimes(1.25, 2);

  @Test
  void tooSlow_medianOverTheLimit_namesTheFault() {
    add(Fault.NONE, 3.9, 4.0, 9.9);
    add(Fault.RESET, 1.0, 7.0, 9.0);
    add(Fault.TRICKLE, 1.0, 7.1, 9.0);
    assertEquals(List.of(line("%s: %.2f s of %.2f s", 7.1, 7.0)), times.tooSlow());
  }

  @Test
  void table_aRowForEachFault() {
    add(Fault.NONE, 4.0);
    add(Fault.LIE, 2.0, 3.5, 5.0);
    String row = "| delivers changed files and changed log records | succeeds, 3 of 3 |";
    assertTrue(times.table().contains(row), times.table());
    assertTrue(times.table().contains("| 50 % | 7 | taken out |"), times.table());
  }

  private static String line(String form, double seconds, double allowed) {
    return form.formatted(Fault.TRICKLE.words(), seconds, allowed);
  }

  private void add(Fault fault, double... seconds) {
    for (double one : seconds) {
      times.add(fault, one, FRONT, 7);
    }
  }
}
