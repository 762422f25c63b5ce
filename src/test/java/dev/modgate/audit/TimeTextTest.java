package dev.modgate.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimeTextTest {

  private final TimeText times = new TimeText();

  @Test
  void of_anyTime_isWhatTheInstantSays() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long second = 1_790_000_000L + random.nextInt(3);
      int nanos = random.nextInt(1000) * (int) Math.pow(1000, random.nextInt(3));
      Instant time = Instant.ofEpochSecond(second, nanos);
      assertEquals(time.toString(), times.of(time));
    }
  }

  @Test
  void of_edges_isWhatTheInstantSays() {
    for (String time :
        new String[] {
          "1970-01-01T00:00:00Z",
          "1969-12-31T23:59:59.000000001Z",
          "2026-11-26T00:00:00.100Z",
          "2026-11-26T00:00:00.000100Z",
          "2026-11-26T00:00:00.999999999Z"
        }) {
      assertEquals(time, times.of(Instant.parse(time)));
    }
  }
}
