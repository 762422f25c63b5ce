package dev.modgate.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ConnectionsTest {

  @Test
  void of_manyDescriptors_isThreeQuarters() {
    assertEquals(15_000, Connections.of(20_000));
  }

  @Test
  void of_fewDescriptors_leavesTheReserve() {
    assertEquals(100, Connections.of(300));
    assertEquals(1, Connections.of(150));
  }

  @Test
  void of_noLimit_isAMillion() {
    assertEquals(1_000_000, Connections.of(Long.MAX_VALUE));
  }

  @Test
  void most_here_isSomething() {
    assertTrue(Connections.MOST > 1, () -> "" + Connections.MOST);
  }

  @Test
  void enter_beyondTheMost_isTurnedAwayUntilSomebodyLeaves() {
    Connections connections = new Connections(2, 1000);
    Connections.Place first = connections.enter().orElseThrow();
    assertTrue(connections.enter().isPresent());
    assertTrue(connections.enter().isEmpty());
    assertEquals(1, connections.turnedAway());
    first.leave();
    assertEquals(1, connections.open());
    assertTrue(connections.enter().isPresent());
    assertEquals(1, connections.turnedAway());
  }

  @Test
  void leave_twice_countsOnce() {
    Connections connections = new Connections(2, 1000);
    Connections.Place place = connections.enter().orElseThrow();
    assertTrue(connections.enter().isPresent());
    place.leave();
    place.leave();
    assertEquals(1, connections.open());
  }

  @Test
  void most_withFewerDescriptorsThanWanted_leavesSomeForThoseTurnedAway() {
    assertEquals(500, new Connections(500, 15_000).most());
    assertEquals(1_012, new Connections(500, 15_000).accepted());
    assertEquals(88, new Connections(500, 100).most());
    assertEquals(100, new Connections(500, 100).accepted());
    assertEquals(1, new Connections(500, 1).most());
  }
}
