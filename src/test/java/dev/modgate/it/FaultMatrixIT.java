package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.Fault;
import dev.modgate.fake.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real go command downloads a project of 60 modules through an empty modgate whose first mirror
 * has one fault after the other. The build asks that every download succeeds; {@code
 * bench/resilience} measures besides how long each takes, and writes it down.
 */
final class FaultMatrixIT {

  private static final int MODULES = 60;

  /** Downloads at once when nothing is measured: they mostly wait. */
  private static final int AT_ONCE = 3;

  /** Rounds over all faults when the times are measured, of which the medians count. */
  private static final int ROUNDS = Integer.getInteger("modgate.rounds", 3);

  /** A download may take so much of a clean one's time, and one deadline of the front. */
  private static final double LIMIT = 1.25;

  private final FakeLog log = new FakeLog(FaultyWorld.DATABASE, 11);
  private final Shelf shelf = new Shelf(log);
  private final List<FakeModule> modules = FaultyWorld.forest(MODULES, shelf);

  @TempDir Path folder;

  /**
   * One download.
   *
   * @param seconds of the go command
   * @param front how the front was thought of at the end
   */
  private record Download(
      GoCommand.Result result, Path modCache, double seconds, FaultyWorld.Front front) {}

  /**
   * What it left behind.
   *
   * @param asked requests that reached the front
   * @param resumed requests to the back for the rest of a file
   * @param audit lines of the audit log
   */
  private record Cell(Fault fault, Download download, int asked, int resumed, List<String> audit) {
    FaultyWorld.Front front() {
      return download.front();
    }
  }

  @Test
  void goModDownload_firstMirrorHasAFault_succeedsThroughTheSecond() throws Exception {
    if (ResilienceDocument.isAsked()) {
      measure();
      return;
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Cell>> cells = new ArrayList<>();
      for (Fault fault : Fault.values()) {
        cells.add(threads.submit(() -> download(fault, "cell")));
      }
      List<Executable> checks = new ArrayList<>();
      cells.forEach(cell -> checks.add(() -> check(finished(cell))));
      assertAll(checks);
    }
  }

  private static Cell finished(Future<Cell> cell) throws InterruptedException, ExecutionException {
    return cell.get();
  }

  private void measure() throws Exception {
    FaultTimes times = new FaultTimes(LIMIT, FaultyWorld.FIRST_BYTE_SECONDS);
    int measured = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (Fault fault : cleanAtBothEnds()) {
        Cell cell = download(fault, "measured" + measured++);
        check(cell);
        times.add(fault, cell.download().seconds(), cell.front(), cell.asked());
      }
    }
    ResilienceDocument.write("matrix", times.table());
    assertEquals(List.of(), times.tooSlow());
  }

  private static List<Fault> cleanAtBothEnds() {
    List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
    faults.add(Fault.NONE);
    return faults;
  }

  private Cell download(Fault fault, String name) throws IOException, InterruptedException {
    Path own = folder.resolve(name + "-" + fault.name().toLowerCase(Locale.ROOT));
    try (FaultyWorld world = new FaultyWorld(log, shelf, own)) {
      world.front.has(fault);
      Download download = download(world);
      assertEquals(0, download.result().exit(), fault + "\n" + download.result().output());
      assertDownloaded(download.modCache(), fault);
      return new Cell(
          fault,
          download,
          world.front.asked(),
          world.back.resumed(),
          ModgateProcess.audit(world.data()));
    }
  }

  private static Download download(FaultyWorld world) throws IOException, InterruptedException {
    try (ModgateProcess modgate = world.serve("{interval: 5s}")) {
      GoCommand go = world.go(modgate);
      long start = System.nanoTime();
      GoCommand.Result result = go.run("mod", "download", "all");
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Download(result, go.modCache(), seconds, world.front(modgate));
    }
  }

  private void assertDownloaded(Path modCache, Fault fault) throws IOException {
    Path cache = modCache.resolve("cache/download");
    try (Stream<Path> files = Files.walk(cache)) {
      long zips = files.filter(file -> file.toString().endsWith(".zip")).count();
      assertEquals(MODULES, zips, fault.name());
    }
    for (FakeModule module : modules) {
      Path zip = cache.resolve(module.base().substring(1) + ".zip");
      assertArrayEquals(module.zip(), Files.readAllBytes(zip), fault + " " + module.version());
    }
  }

  /** That the fault was met, and what it must leave behind. */
  private static void check(Cell cell) {
    String what = cell.fault() + " " + cell.front() + "\n" + cell.download().result().output();
    switch (cell.fault()) {
      case NONE -> {
        assertTrue(cell.front().answered() > MODULES, what);
        assertEquals("HEALTHY", cell.front().health(), what);
      }
      case LIE -> {
        assertTrue(named(cell, "refuted") >= 3, what + String.join("\n", cell.audit()));
        assertEquals("TAKEN_OUT", cell.front().health(), what);
      }
      case TRUNCATION_OF_LARGE -> {
        assertTrue(cell.resumed() > 0, what);
        assertTrue(named(cell, "failed") > 0, what);
      }
      case REFUSE,
          NEVER_ACCEPT,
          BLACK_HOLE,
          RESET,
          ERROR,
          TOO_MANY,
          TOO_MANY_LATER,
          SLOW_HEADERS,
          TRICKLE,
          TRUNCATION ->
          assertTrue(cell.front().failed() > 0, what);
    }
  }

  /** Lines of the audit log that name the front with this verdict. */
  private static long named(Cell cell, String verdict) {
    return cell.audit().stream()
        .filter(line -> line.contains("\"mirror\":\"front\""))
        .filter(line -> line.contains("\"verdict\":\"" + verdict + "\""))
        .count();
  }
}
