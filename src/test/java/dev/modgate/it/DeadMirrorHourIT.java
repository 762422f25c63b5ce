package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.Fault;
import dev.modgate.fake.Shelf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * An hour with dead mirrors in front of a good one, under constant load: what modgate holds of
 * sockets, files and threads must stay as it is. Every deadline and pause of the dead mirrors is a
 * fiftieth of its default, so the hour lasts 72 seconds.
 */
final class DeadMirrorHourIT {

  private static final List<Fault> DEATHS =
      List.of(Fault.NEVER_ACCEPT, Fault.BLACK_HOLE, Fault.TRICKLE);

  private static final Duration HOUR = Duration.ofHours(1).dividedBy(DeadMirrors.TIMES_FASTER);

  /** Of the hour. */
  private static final List<Integer> PERCENT = List.of(10, 50, 100);

  /** While all is well, so that the usual times of the mirrors are known. */
  private static final Duration BEFORE = Duration.ofSeconds(5);

  private static final int CLIENTS = 4;
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** What is held on purpose, so that the check must notice. */
  private static final int HELD = 3 * Footprint.PLAY;

  private final FakeLog log = new FakeLog(FaultyWorld.DATABASE, 12);
  private final Shelf shelf = new Shelf(log);
  private final List<FakeModule> modules =
      IntStream.range(0, 3000)
          .mapToObj(i -> new FakeModule("hour.test/m" + i + "@v1.0.0"))
          .toList();

  /** An hour has so many times the 15 s of breaker.open. */
  private static final long OPENINGS = 240;

  @TempDir Path folder;

  /**
   * One hour.
   *
   * @param failed requests to the dead mirror that is not probed
   * @param probes that reached the other
   * @param held in the course of it
   * @param noticed what the check said while requests were held on purpose
   */
  private record Hour(
      Fault fault,
      int requests,
      List<String> failures,
      long failed,
      int probes,
      List<Footprint> held,
      List<String> noticed) {}

  @Test
  void hour_firstMirrorsAreDead_nothingGrows() throws Exception {
    modules.forEach(shelf::publish);
    List<Hour> hours = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(DEATHS.size())) {
      List<Future<Hour>> running = new ArrayList<>();
      DEATHS.forEach(fault -> running.add(threads.submit(() -> live(fault))));
      for (Future<Hour> hour : running) {
        hours.add(hour.get());
      }
    }
    assertAll(hours.stream().<Executable>map(hour -> () -> check(hour)));
    if (ResilienceDocument.isAsked()) {
      ResilienceDocument.write("hour", table(hours));
    }
  }

  private Hour live(Fault fault) throws Exception {
    Path own = Files.createDirectories(folder.resolve(fault.name()));
    try (DeadMirrors world = new DeadMirrors(log, shelf, own);
        ModgateProcess modgate = world.serve()) {
      Footprint.of(modgate.pid(), own); // what jcmd starts in the process stays there
      List<Footprint> held = new ArrayList<>();
      ConstantLoad load = new ConstantLoad(modgate.url(), modules, CLIENTS, PAUSE);
      try (load) {
        Thread.sleep(BEFORE);
        world.die(fault);
        long start = System.nanoTime();
        for (int percent : PERCENT) {
          sleepUntil(start + HOUR.toNanos() / 100 * percent);
          awaitFailures(world, modgate, OPENINGS * percent / 100);
          held.add(Footprint.of(modgate.pid(), own));
        }
      }
      long failed = world.status(modgate, "passive").failed();
      int probes = world.probes();
      List<String> noticed = world.holding(HELD, modgate, () -> grown(modgate, own, held));
      return new Hour(fault, load.answered(), load.failures(), failed, probes, held, noticed);
    }
  }

  private static List<String> grown(ModgateProcess modgate, Path scratch, List<Footprint> held)
      throws IOException, InterruptedException {
    return Footprint.of(modgate.pid(), scratch).grownSince(held.getLast());
  }

  /** On a busy machine the mirror is asked less often: then the hour is longer. */
  private static void awaitFailures(DeadMirrors world, ModgateProcess modgate, long failures)
      throws Exception {
    while (world.status(modgate, "passive").failed() < failures) {
      Thread.sleep(100);
    }
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
  }

  private static void check(Hour hour) {
    String what = hour.toString();
    assertEquals(List.of(), hour.failures(), what);
    assertTrue(hour.failed() >= OPENINGS, what);
    Footprint first = hour.held().getFirst();
    for (Footprint later : hour.held()) {
      assertEquals(List.of(), later.grownSince(first), what);
    }
    assertTrue(hour.noticed().stream().anyMatch(line -> line.startsWith("sockets")), what);
    assertTrue(hour.noticed().stream().anyMatch(line -> line.startsWith("virtual")), what);
  }

  /** The check, held against real leaks in this very process. */
  @Test
  void grownSince_socketsAndThreadsAreNotGivenBack_namesEach() throws Exception {
    long self = ProcessHandle.current().pid();
    Footprint.of(self, folder);
    Footprint before = Footprint.of(self, folder);
    CountDownLatch end = new CountDownLatch(1);
    List<AutoCloseable> open = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, HELD, InetAddress.getLoopbackAddress())) {
      assertEquals(List.of(), Footprint.of(self, folder).grownSince(before));
      for (int i = 0; i < HELD; i++) {
        open.add(new Socket(server.getInetAddress(), server.getLocalPort()));
        open.add(Files.newInputStream(Path.of("/dev/null")));
        Thread.ofPlatform().start(() -> await(end));
        Thread.ofVirtual().start(() -> await(end));
      }
      List<String> grown = Footprint.of(self, folder).grownSince(before);
      assertEquals(
          List.of("sockets", "files", "threads", "virtual threads"),
          grown.stream().map(line -> line.substring(0, line.indexOf(':'))).toList());
    } finally {
      end.countDown();
      for (AutoCloseable one : open) {
        one.close();
      }
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String table(List<Hour> hours) {
    StringBuilder table =
        new StringBuilder(
            """
            | the first mirrors | requests of clients | failed | failures of the one that is not \
            probed | probes that reached the other | sockets | other files | threads \
            | virtual threads |
            |---|---|---|---|---|---|---|---|---|
            """);
    for (Hour hour : hours) {
      table.append(
          "| %s | %d | **%d** | %d | %d | %s | %s | %s | %s |\n"
              .formatted(
                  hour.fault().words(),
                  hour.requests(),
                  hour.failures().size(),
                  hour.failed(),
                  hour.probes(),
                  course(hour.held().stream().map(Footprint::sockets).toList()),
                  course(hour.held().stream().map(Footprint::files).toList()),
                  course(hour.held().stream().map(Footprint::threads).toList()),
                  course(hour.held().stream().map(Footprint::virtualThreads).toList())));
    }
    return table.toString();
  }

  private static String course(List<Integer> counts) {
    return String.join(", ", counts.stream().map(String::valueOf).toList());
  }
}
