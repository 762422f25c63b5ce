package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.chain.Itinerary.End;
import dev.modgate.chain.Itinerary.Run;
import dev.modgate.chain.ProxyList.Ask;
import dev.modgate.chain.ProxyList.Off;
import dev.modgate.chain.ProxyList.Separator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is asked before whom, by health and speed. */
final class ItineraryTest {

  private static final Ask A = new Ask("a", Separator.PIPE);
  private static final Ask B = new Ask("b", Separator.PIPE);
  private static final Ask C = new Ask("c", Separator.COMMA);

  private final ChainWorld world = new ChainWorld();

  @Test
  void plan_allWell_keepsTheWrittenOrder() {
    assertEquals(List.of(run(Separator.COMMA, "a", "b", "c")), plan(Set.of(), A, B, C));
  }

  @Test
  void plan_comma_endsARun() {
    Ask first = new Ask("a", Separator.COMMA);
    assertEquals(
        List.of(run(Separator.COMMA, "a"), run(Separator.COMMA, "b", "c")),
        plan(Set.of(), first, B, C));
  }

  @Test
  void plan_off_isTheEnd() {
    assertEquals(List.of(run(Separator.PIPE, "a"), new End()), plan(Set.of(), A, new Off()));
  }

  @Test
  void plan_suspect_isAskedLastUntilItsTimeIsOver() {
    fail("a", 3);
    assertEquals(List.of(run(Separator.COMMA, "b", "c", "a")), plan(Set.of(), A, B, C));
    world.later(Duration.ofSeconds(15));
    assertEquals(List.of(run(Separator.COMMA, "a", "b", "c")), plan(Set.of(), A, B, C));
  }

  @Test
  void plan_suspectBehindAComma_keepsItsPlace() {
    Ask first = new Ask("a", Separator.COMMA);
    fail("a", 3);
    assertEquals(
        List.of(run(Separator.COMMA, "a"), run(Separator.COMMA, "b", "c")),
        plan(Set.of(), first, B, C));
  }

  @Test
  void plan_privateMirror_isNeverOvertakenBySpeed() {
    answer("a", 500);
    answer("b", 1);
    assertEquals(
        List.of(run(Separator.COMMA, "b", "a")), plan(Set.of(), A, new Ask("b", Separator.COMMA)));
    assertEquals(
        List.of(run(Separator.PIPE, "a"), run(Separator.COMMA, "b")),
        plan(Set.of("a"), A, new Ask("b", Separator.COMMA)));
  }

  @Test
  void plan_privateMirrorThatIsDown_isAskedAfterThePublicOneAsAFailureWould() {
    fail("a", 3);
    assertEquals(
        List.of(run(Separator.PIPE, "b"), run(Separator.COMMA, "a")),
        plan(Set.of("a"), A, new Ask("b", Separator.COMMA)));
  }

  @Test
  void plan_littleFaster_changesNothing() {
    answer("a", 30);
    answer("b", 20);
    assertEquals(List.of(run(Separator.COMMA, "a", "b", "c")), plan(Set.of(), A, B, C));
  }

  @Test
  void plan_now_andThen_triesTheWrittenOrder() {
    answer("a", 500);
    answer("b", 1);
    Itinerary itinerary = new Itinerary(world::state, Set.of(), true);
    long written =
        java.util.stream.IntStream.range(0, 320)
            .mapToObj(_ -> itinerary.plan(List.of(A, B)))
            .filter(legs -> legs.equals(List.of(run(Separator.PIPE, "a", "b"))))
            .count();
    assertEquals(10, written);
  }

  @Test
  void plan_listed_ignoresSpeedButNotHealth() {
    answer("a", 500);
    answer("b", 1);
    Itinerary listed = new Itinerary(world::state, Set.of(), false);
    assertEquals(List.of(run(Separator.PIPE, "a", "b")), listed.plan(List.of(A, B)));
    fail("a", 3);
    assertEquals(List.of(run(Separator.PIPE, "b", "a")), listed.plan(List.of(A, B)));
  }

  @Test
  void plan_takenOut_isTheVeryLast() {
    fail("b", 3);
    world.state("a").takeOut(Duration.ofMinutes(1), "lies");
    assertEquals(List.of(run(Separator.COMMA, "c", "b", "a")), plan(Set.of(), A, B, C));
  }

  private void fail(String mirror, int times) {
    for (int i = 0; i < times; i++) {
      world.state(mirror).failed(new Failure.BadStatus(500, Optional.empty()));
    }
  }

  private void answer(String mirror, int millis) {
    for (int i = 0; i < 20; i++) {
      world.state(mirror).answered(Duration.ofMillis(millis), 1);
    }
  }

  private static Run run(Separator behind, String... mirrors) {
    return new Run(List.of(mirrors), behind);
  }

  private List<Itinerary.Leg> plan(Set<String> confidential, ProxyList.Step... steps) {
    return new Itinerary(world::state, confidential, true).plan(List.of(steps));
  }
}
