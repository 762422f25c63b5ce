package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CutsTest {

  private static final String TEXT = "0123456789";

  private final Cuts cuts = new Cuts();

  @Test
  void apply_noPart_isTheSameText() {
    cuts.add(3, 3);
    cuts.add(5, 4);
    assertTrue(cuts.isEmpty());
    assertSame(TEXT, cuts.apply(TEXT));
  }

  @Test
  void apply_partsInAnyOrder_areCutInTheirs() {
    cuts.add(7, 8);
    cuts.add(1, 3);
    assertFalse(cuts.isEmpty());
    assertEquals("0[REDACTED]3456[REDACTED]89", cuts.apply(TEXT));
  }

  @Test
  void apply_partsThatOverlapOrTouch_becomeOne() {
    cuts.add(1, 5);
    cuts.add(2, 3);
    cuts.add(4, 6);
    cuts.add(6, 7);
    assertEquals("0[REDACTED]789", cuts.apply(TEXT));
  }

  @Test
  void apply_wholeText_isThePlaceholder() {
    cuts.add(0, 10);
    assertEquals("[REDACTED]", cuts.apply(TEXT));
  }

  @Test
  void apply_partsAtBothEnds_leaveTheMiddle() {
    cuts.add(0, 1);
    cuts.add(9, 10);
    assertEquals("[REDACTED]12345678[REDACTED]", cuts.apply(TEXT));
  }
}
