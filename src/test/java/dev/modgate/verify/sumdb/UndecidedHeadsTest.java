package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.fake.FakeLog;
import dev.modgate.verify.tlog.TreeHead;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class UndecidedHeadsTest {

  private static final LogSource ONE = new FakeLog("one.test", 1).as("one");
  private static final LogSource TWO = new FakeLog("two.test", 1).as("two");

  private final UndecidedHeads heads = new UndecidedHeads();

  @Test
  void toTry_headsThatTheTimelineReaches_areTriedOnceWithEachSource() {
    add(5, ONE);
    add(6, TWO);
    add(7, ONE);
    assertEquals(List.of(5L, 6L), sizes(6, ONE));
    assertEquals(List.of(), sizes(6, ONE));
    assertEquals(List.of(5L, 6L), sizes(6, TWO));
    assertEquals(List.of(5L, 6L, 7L), sizes(7, ONE), "the timeline has moved");
  }

  @Test
  void toTry_namesWhoDeliveredTheHead() {
    add(5, ONE);
    add(5, TWO);
    assertEquals(
        List.of("one"),
        heads.toTry(5, TWO).stream().map(UndecidedHeads.Undecided::source).toList());
  }

  @Test
  void remove_decidedHead_isForgotten() {
    add(5, ONE);
    add(6, ONE);
    heads.remove(head(5));
    assertEquals(List.of(6L), sizes(9, ONE));
  }

  @Test
  void add_unsignedHead_isNotKept() {
    heads.add(SignedHead.NONE, ONE);
    assertEquals(List.of(), sizes(9, ONE));
  }

  @Test
  void add_moreThanSixteen_forgetsTheOldest() {
    for (int size = 1; size <= 17; size++) {
      add(size, ONE);
    }
    assertEquals(LongStream.rangeClosed(2, 17).boxed().toList(), sizes(99, ONE));
  }

  private void add(long size, LogSource source) {
    heads.add(head(size), source);
  }

  private List<Long> sizes(long timeline, LogSource source) {
    return heads.toTry(timeline, source).stream()
        .map(undecided -> undecided.head().head().size())
        .toList();
  }

  private static SignedHead head(long size) {
    return new SignedHead(new TreeHead(size, TreeHead.EMPTY.root()), "a note");
  }
}
