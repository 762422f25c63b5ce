package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.Fault;
import dev.modgate.fake.Shelf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients go on asking while the first mirror dies and comes back; none of them may notice. */
final class KilledMirrorIT {

  private static final int CLIENTS = 8;
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Of both mirrors, for an answer: so there are requests under way when one of them dies. */
  private static final Duration THINKING = Duration.ofMillis(20);

  /** As long as the load goes on before the mirror dies, while it is dead, and at the end. */
  private static final Duration WHILE = Duration.ofSeconds(2);

  /** For what must happen; that it happens sooner is what is measured. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FakeLog log = new FakeLog(FaultyWorld.DATABASE, 11);
  private final Shelf shelf = new Shelf(log);
  private final List<FakeModule> modules =
      IntStream.range(0, 4000)
          .mapToObj(i -> new FakeModule("load.test/m" + i + "@v1.0.0"))
          .toList();

  @TempDir Path folder;

  /**
   * One death.
   *
   * @param slowest answer since its death
   * @param left from its death until it was known to be unwell
   * @param returned from its return until it was asked for a file again
   */
  private record Death(
      int requests, List<String> failures, Duration slowest, Duration left, Duration returned) {}

  @Test
  void requests_mirrorIsKilledAndRevived_noneFails() throws Exception {
    modules.forEach(shelf::publish);
    Death killed = die("killed", Fault.REFUSE);
    Death frozen = die("frozen", Fault.BLACK_HOLE);
    assertEquals(List.of(), killed.failures());
    assertEquals(List.of(), frozen.failures());
    if (ResilienceDocument.isAsked()) {
      ResilienceDocument.write(
          "killed",
          """
          | the first mirror | requests | failed | slowest | left after | asked again after |
          |---|---|---|---|---|---|
          """
              + row("is killed: socket closed, connections reset", killed)
              + row("goes silent: connections stand, nothing is answered", frozen));
    }
  }

  private Death die(String name, Fault fault) throws Exception {
    try (FaultyWorld world = new FaultyWorld(log, shelf, folder.resolve(name))) {
      world.front.answersAfter(THINKING);
      world.back.answersAfter(THINKING);
      try (ModgateProcess modgate = world.serve("{path: " + Shelf.HEALTH + ", interval: 200ms}")) {
        ConstantLoad load = new ConstantLoad(modgate.url(), modules, CLIENTS, PAUSE);
        Duration left;
        Duration returned;
        try (load) {
          left = kill(world, modgate, fault, load);
          returned = revive(world, modgate);
        }
        return new Death(load.answered(), load.failures(), load.slowest(), left, returned);
      }
    }
  }

  /** How long it takes until the front is left. */
  private static Duration kill(
      FaultyWorld world, ModgateProcess modgate, Fault fault, ConstantLoad load) throws Exception {
    Thread.sleep(WHILE);
    assertTrue(world.front.asked() > 0, load.failures().toString());
    load.forgetSlowest();
    if (fault == Fault.BLACK_HOLE) {
      world.front.freeze();
    } else {
      world.front.has(fault);
    }
    Duration left = until(() -> !isHealthy(world, modgate));
    Thread.sleep(WHILE);
    return left;
  }

  /** How long it takes until the front is asked again. */
  private static Duration revive(FaultyWorld world, ModgateProcess modgate) throws Exception {
    world.front.has(Fault.NONE);
    int before = world.front.asked();
    Duration returned = until(() -> world.front.asked() > before + CLIENTS);
    until(() -> isHealthy(world, modgate));
    Thread.sleep(WHILE);
    return returned;
  }

  private static boolean isHealthy(FaultyWorld world, ModgateProcess modgate)
      throws IOException, InterruptedException {
    return world.front(modgate).health().equals("HEALTHY");
  }

  private static Duration until(Callable<Boolean> happens) throws Exception {
    long start = System.nanoTime();
    while (!happens.call()) {
      assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), "nothing happens");
      Thread.sleep(5);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String row(String what, Death death) {
    return "| %s | %d | **%d** | %d ms | %d ms | %d ms |\n"
        .formatted(
            what,
            death.requests(),
            death.failures().size(),
            death.slowest().toMillis(),
            death.left().toMillis(),
            death.returned().toMillis());
  }
}
