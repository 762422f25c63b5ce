package dev.modgate.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class BacklogTest {

  @Test
  void offer_placesTaken_isFalse() {
    Backlog backlog = new Backlog(2);
    assertTrue(backlog.offer(Lines.line(1)));
    assertTrue(backlog.offer(Lines.line(2)));
    assertFalse(backlog.offer(Lines.line(3)));
    assertEquals(2, backlog.size());
  }

  @Test
  void take_keepsPlaces_untilSettled() {
    Backlog backlog = Lines.backlog(2, 2);
    assertEquals(List.of(Lines.line(1), Lines.line(2)), backlog.take(5));
    assertFalse(backlog.offer(Lines.line(3)));
    backlog.settle(1);
    assertTrue(backlog.offer(Lines.line(4)));
    assertFalse(backlog.offer(Lines.line(5)));
    assertEquals(List.of(Lines.line(4)), backlog.take(5));
    assertEquals(List.of(), backlog.take(5));
  }

  @Test
  void take_moreThanAsked_leavesTheRest() {
    Backlog backlog = Lines.backlog(9, 3);
    assertEquals(List.of(Lines.line(1), Lines.line(2)), backlog.take(2));
    assertEquals(List.of(Lines.line(3)), backlog.take(2));
  }

  /** Whatever the order of events: places are never exceeded, and no line is lost or doubled. */
  @Test
  void offer_byManyAtOnce_takesNoMoreThanThereAreAndLosesNone() throws Exception {
    Backlog backlog = new Backlog(1000);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> offering = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int base = i * 1000;
        offering.add(() -> accepted(backlog, base));
      }
      int accepted = 0;
      for (Future<Integer> each : threads.invokeAll(offering)) {
        accepted += each.get();
      }
      List<TrafficLine> taken = backlog.take(8000);
      assertEquals(1000, accepted);
      assertEquals(1000, taken.size());
      assertEquals(1000, taken.stream().map(TrafficLine::number).distinct().count());
      assertEquals(1000, backlog.size());
    }
  }

  private static int accepted(Backlog backlog, int base) {
    int accepted = 0;
    for (int number = base; number < base + 1000; number++) {
      accepted += backlog.offer(Lines.line(number)) ? 1 : 0;
    }
    return accepted;
  }
}
