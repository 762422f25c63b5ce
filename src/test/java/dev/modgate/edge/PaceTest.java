package dev.modgate.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {

  private long now = Long.MAX_VALUE - 5;
  private final Pace pace = new Pace(() -> now);

  @Test
  void isTooSlow_beforeAMinuteIsOver_isFalse() {
    after(59);
    assertFalse(pace.isTooSlow(0));
  }

  @Test
  void isTooSlow_lessThanTheLeastInAMinute_isTrue() {
    after(60);
    assertTrue(pace.isTooSlow(Pace.LEAST - 1));
  }

  @Test
  void isTooSlow_fastFirstAndSlowThen_isTrueOfTheLaterMinute() {
    after(60);
    assertFalse(pace.isTooSlow(10 * Pace.LEAST));
    after(59);
    assertFalse(pace.isTooSlow(10 * Pace.LEAST + 1));
    after(1);
    assertTrue(pace.isTooSlow(11 * Pace.LEAST - 1));
  }

  @Test
  void isTooSlow_exactlyTheLeast_isFalse() {
    after(60);
    assertFalse(pace.isTooSlow(Pace.LEAST));
  }

  private void after(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }
}
