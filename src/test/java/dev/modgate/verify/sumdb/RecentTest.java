package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecentTest {

  private final Recent<String, String> recent = new Recent<>(2);

  @Test
  void put_beyondTheCapacity_forgetsWhatWasNotAskedForLongest() {
    put("a", "1");
    put("b", "2");
    assertEquals(Optional.of("1"), recent.get("a"));
    put("c", "3");
    assertEquals(Optional.empty(), recent.get("b"));
    assertEquals(Optional.of("1"), recent.get("a"));
    assertEquals(Optional.of("3"), recent.get("c"));
  }

  @Test
  void put_aKnownKey_keepsWhatTheMergeMakesOfBoth() {
    put("a", "1");
    recent.put("a", "2", (present, added) -> present + added);
    assertEquals(Optional.of("12"), recent.get("a"));
  }

  private void put(String key, String value) {
    recent.put(key, value, (present, added) -> added);
  }
}
