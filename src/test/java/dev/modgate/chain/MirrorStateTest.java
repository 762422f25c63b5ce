package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every transition of a mirror's health, with a clock that stands still. */
final class MirrorStateTest {

  private static final Failure DOWN = new Failure.Unreachable("no connection");

  private final ChainWorld world = new ChainWorld();
  private final MirrorState state = world.state("m");

  @Test
  void failed_threeInARow_isSuspectForAWhile() {
    state.failed(DOWN);
    state.failed(DOWN);
    assertEquals(Health.HEALTHY, state.health());
    state.failed(DOWN);
    assertEquals(Health.SUSPECT, state.health());
    world.later(Duration.ofSeconds(14));
    assertEquals(Health.SUSPECT, state.health());
    world.later(Duration.ofSeconds(1));
    assertEquals(Health.HEALTHY, state.health());
  }

  @Test
  void failed_afterItsTrial_isSuspectAtOnce() {
    failThrice();
    world.later(Duration.ofSeconds(15));
    state.failed(DOWN);
    assertEquals(Health.SUSPECT, state.health());
  }

  @Test
  void failed_twoDeadlinesInARow_isSuspect() {
    state.failed(new Failure.TimedOut(Failure.TimedOut.Phase.FIRST_BYTE));
    assertEquals(Health.HEALTHY, state.health());
    state.failed(new Failure.TimedOut(Failure.TimedOut.Phase.IDLE));
    assertEquals(Health.SUSPECT, state.health());
  }

  @Test
  void answered_betweenFailures_startsTheCountAnew() {
    state.failed(DOWN);
    state.failed(DOWN);
    state.answered(Duration.ofMillis(1), 1);
    state.failed(DOWN);
    state.failed(DOWN);
    assertEquals(Health.HEALTHY, state.health());
  }

  @Test
  void answered_whileSuspect_isWellAtOnce() {
    failThrice();
    state.answered(Duration.ofMillis(1), 1);
    assertEquals(Health.HEALTHY, state.health());
  }

  @Test
  void outrun_threeInARow_isSuspect() {
    state.outrun(Duration.ofSeconds(1));
    state.outrun(Duration.ofSeconds(1));
    state.outrun(Duration.ofSeconds(1));
    assertEquals(Health.SUSPECT, state.health());
    assertEquals(0, state.report(MirrorReport.Breaker.NONE, 0).failed());
  }

  @Test
  void probed_threeMisses_isDownUntilTwoHits() {
    assertFalse(state.probed(false));
    assertFalse(state.probed(false));
    assertTrue(state.probed(false));
    assertEquals(Health.DOWN, state.health());
    assertFalse(state.probed(true));
    assertEquals(Health.DOWN, state.health());
    assertTrue(state.probed(true));
    assertEquals(Health.HEALTHY, state.health());
  }

  @Test
  void probed_missBetweenHits_staysDown() {
    state.probed(false);
    state.probed(false);
    state.probed(false);
    state.probed(true);
    state.probed(false);
    state.probed(true);
    assertEquals(Health.DOWN, state.health());
  }

  @Test
  void probed_upAgain_forgetsFailures() {
    state.probed(false);
    state.probed(false);
    state.probed(false);
    failThrice();
    state.probed(true);
    state.probed(true);
    assertEquals(Health.HEALTHY, state.health());
  }

  @Test
  void probed_wellAfterItMetTheTrouble_endsTheSuspicion() {
    failThrice();
    assertFalse(state.probed(false));
    assertFalse(state.probed(true));
    assertEquals(Health.SUSPECT, state.health());
    assertTrue(state.probed(true));
    assertEquals(Health.HEALTHY, state.health());
    state.failed(DOWN);
    state.failed(DOWN);
    assertEquals(Health.HEALTHY, state.health());
  }

  @Test
  void probed_wellAllTheTime_leavesTheSuspicion() {
    assertFalse(state.probed(true));
    failThrice();
    assertFalse(state.probed(true));
    assertFalse(state.probed(true));
    assertEquals(Health.SUSPECT, state.health());
  }

  @Test
  void failed_retryAfter_isLeftAloneForThatLongButAMinuteAtMost() {
    state.failed(new Failure.BadStatus(429, Optional.of(Duration.ofSeconds(7))));
    assertEquals(Optional.of(new Failure.Paused(Duration.ofSeconds(7))), state.barred());
    assertEquals(Health.DOWN, state.health());
    world.later(Duration.ofSeconds(7));
    assertEquals(Optional.empty(), state.barred());
    state.failed(new Failure.BadStatus(503, Optional.of(Duration.ofHours(1))));
    assertEquals(Optional.of(new Failure.Paused(Duration.ofMinutes(1))), state.barred());
  }

  @Test
  void takeOut_untilItsTimeIsOverOrSomebodyReadmitsIt() {
    state.takeOut(Duration.ofMinutes(15), "lies");
    assertEquals(Health.TAKEN_OUT, state.health());
    assertEquals(Optional.of(new Failure.TakenOut("lies")), state.barred());
    world.later(Duration.ofMinutes(15));
    assertEquals(Health.HEALTHY, state.health());
    state.takeOut(Duration.ofMinutes(15), "lies");
    state.readmit();
    assertEquals(Optional.empty(), state.barred());
  }

  @Test
  void report_countsWhatHappened() {
    for (int i = 1; i <= 100; i++) {
      state.answered(Duration.ofMillis(i), 10);
    }
    state.failed(DOWN);
    MirrorReport report = state.report(MirrorReport.Breaker.NONE, 2);
    assertEquals(100, report.answered());
    assertEquals(1, report.failed());
    assertEquals(1000, report.bytes());
    assertEquals(2, report.condemned());
    assertEquals(Optional.of("no connection"), report.lastFailure());
    assertEquals(
        Optional.of(
            new MirrorReport.Quantiles(
                Duration.ofMillis(50), Duration.ofMillis(95), Duration.ofMillis(99))),
        report.firstByte());
  }

  private void failThrice() {
    state.failed(DOWN);
    state.failed(DOWN);
    state.failed(DOWN);
  }
}
