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
}
