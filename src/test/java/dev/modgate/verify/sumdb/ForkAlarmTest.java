package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.fake.MemoryLogStore;
import dev.modgate.fake.RecordingLogEvents;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ForkAlarmTest {

  private final MemoryLogStore store = new MemoryLogStore();
  private final RecordingLogEvents events = new RecordingLogEvents();
  private final ForkAlarm alarm = new ForkAlarm(store, events);

  @Test
  void raise_again_keepsTheFirstForkAndTellsOnce() throws IOException {
    Fork first = new Fork("log.test", "one", "", "", "first");
    Fork second = new Fork("log.test", "two", "", "", "second");
    assertEquals(first, alarm.raise(first));
    assertEquals(first, alarm.raise(second));
    assertEquals(Optional.of(first), alarm.fork());
    assertEquals(Optional.of(first), store.fork());
    assertEquals(List.of(first), events.forks());
  }
}
