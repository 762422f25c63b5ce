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
    assertEquals(List.of(Lines.line(1), Lines.line(2)), backlog.take(5, 0));
    assertFalse(backlog.offer(Lines.line(3)));
    backlog.settle(List.of(Lines.line(1)));
    assertTrue(backlog.offer(Lines.line(4)));
    assertFalse(backlog.offer(Lines.line(5)));
    assertEquals(List.of(Lines.line(4)), backlog.take(5, 0));
    assertEquals(List.of(), backlog.take(5, 0));
  }

  @Test
  void take_moreThanAsked_leavesTheRest() {
    Backlog backlog = Lines.backlog(9, 3);
    assertEquals(List.of(Lines.line(1), Lines.line(2)), backlog.take(2, 0));
    assertEquals(List.of(Lines.line(3)), backlog.take(2, 0));
  }

  @Test
  void take_bodies_stopsBeforeTheOneThatIsTooMuchButNeverBeforeTheFirst() {
    Backlog backlog = new Backlog(9);
    TrafficLine large = Lines.line(1, FakeBody.inAFile(new byte[11]));
    TrafficLine small = Lines.line(2, FakeBody.inAFile(new byte[4]));
    TrafficLine none = Lines.line(3);
    for (TrafficLine line : List.of(large, small, none, small, small)) {
      assertTrue(backlog.offer(line));
    }
    assertEquals(List.of(large), backlog.take(9, 10));
    assertEquals(List.of(small, none, small), backlog.take(9, 10));
    assertEquals(List.of(small), backlog.take(9, 10));
  }

  /** A body in a file takes no memory, however large it is. */
  @Test
  void offer_bodiesInMemory_areLeftOutWhereTheyAreTooMuchTogether() {
    Backlog backlog = new Backlog(9);
    FakeBody whole = FakeBody.inMemory(new byte[(int) Backlog.MEMORY]);
    assertTrue(backlog.offer(Lines.line(1, whole)));
    FakeBody inAFile = FakeBody.inAFile(new byte[(int) Backlog.MEMORY]);
    assertTrue(backlog.offer(Lines.line(2, inAFile)));
    FakeBody one = FakeBody.inMemory(new byte[1]);
    assertTrue(backlog.offer(Lines.line(3, one)));
    List<TrafficLine> taken = backlog.take(9, Long.MAX_VALUE);
    assertEquals(
        List.of(
            Lines.line(1, whole),
            Lines.line(2, inAFile),
            Lines.line(3, one).without(LeftOut.NO_ROOM)),
        taken);
    assertTrue(backlog.offer(Lines.line(4, one)));
    assertEquals(
        List.of(Lines.line(4, one).without(LeftOut.NO_ROOM)), backlog.take(9, Long.MAX_VALUE));
    backlog.settle(taken);
    assertTrue(backlog.offer(Lines.line(5, whole)), "what was settled holds nothing");
    assertEquals(List.of(Lines.line(5, whole)), backlog.take(9, Long.MAX_VALUE));
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
      List<TrafficLine> taken = backlog.take(8000, 0);
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
