package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client learns, and how it behaves over time. */
final class ChecksumDatabaseTest {

  private static final String MODULE = "test.example/wanted@v1.2.3";

  private final FakeLog log = new FakeLog("log.test", 1).addMany(300);

  @Test
  void lookup_ofALoggedModule_hasItsHashesAndWhereTheyAreProven() {
    long id = log.add(MODULE);
    log.addMany(7);
    assertEquals(
        new Lookup.Found(
            Bench.h1(MODULE), Bench.h1(MODULE + "/go.mod"), id, log.head(), "log.test"),
        Bench.of(log).lookup(MODULE));
  }

  @Test
  void lookup_ofAModuleInUpperCase_asksForTheEscapedName() {
    String upper = "test.example/Azure/SDK@v2.0.0-RC1+incompatible";
    log.add(upper);
    Bench bench = Bench.of(log);
    bench.found(upper);
    assertEquals(
        "/lookup/test.example/!azure/!s!d!k@v2.0.0-!r!c1+incompatible", log.requests().getFirst());
  }

  @Test
  void lookup_ofTheToolchain_isLikeAnyOther() {
    String toolchain = "golang.org/toolchain@v0.0.1-go1.26.8.linux-amd64";
    log.add(toolchain);
    assertEquals(Bench.h1(toolchain), Bench.of(log).found(toolchain).zip());
  }

  @Test
  void lookup_recordWithOneOfTheTwoLines_leavesTheOtherEmpty() {
    String hash = FakeLog.anyH1("x");
    log.addRecord("test.example/a@v1.0.0", "test.example/a v1.0.0/go.mod " + hash + "\n");
    log.addRecord("test.example/b@v1.0.0", "test.example/b v1.0.0 " + hash + "\n");
    Bench bench = Bench.of(log);
    assertEquals(Optional.empty(), bench.found("test.example/a@v1.0.0").zip());
    assertEquals(Bench.h1("x"), bench.found("test.example/a@v1.0.0").goMod());
    assertEquals(Bench.h1("x"), bench.found("test.example/b@v1.0.0").zip());
    assertEquals(Optional.empty(), bench.found("test.example/b@v1.0.0").goMod());
  }

  @Test
  void lookup_recordWithOtherAlgorithms_passesThemBy() {
    String first = FakeLog.anyH1("first");
    log.addRecord(
        MODULE,
        """
        test.example/wanted v1.2.3 h2:xyzzy
        test.example/wanted v1.2.3 %s
        test.example/wanted v1.2.3 %s
        test.example/wanted v1.2.33 %s
        """
            .formatted(first, FakeLog.anyH1("second"), FakeLog.anyH1("third")));
    assertEquals(Bench.h1("first"), Bench.of(log).found(MODULE).zip());
  }

  @Test
  void lookup_again_asksNobody() {
    log.add(MODULE);
    Bench bench = Bench.of(log);
    bench.found(MODULE);
    log.forgetRequests();
    bench.store.lookups.clear();
    bench.store.tiles.clear();
    bench.found(MODULE);
    assertEquals(List.of(), log.requests());
  }

  /** Its hash is in a tile that was proven for the first one. */
  @Test
  void lookup_ofANeighbour_needsNoTileAgain() {
    Bench bench = Bench.of(log);
    bench.found("test.example/7@v1.0.0");
    log.forgetRequests();
    bench.store.tiles.clear();
    bench.found("test.example/8@v1.0.0");
    assertEquals(List.of(FakeLog.lookupPath("test.example/8@v1.0.0")), log.requests());
  }

  /** The note may have lines that we don't know, as long as all has at most 64 KiB. */
  @Test
  void lookup_longestAnswer_isReadAndALongerOneRefused() {
    String module = "test.example/7@v1.0.0";
    int left = LogSource.MAX_BYTES - log.lookupBody(7, 300).length;
    log.signExtraLines("x".repeat(left - 1) + "\n");
    assertEquals(LogSource.MAX_BYTES, log.lookupBody(7, 300).length);
    Bench.of(log).found(module);
    log.signExtraLines("x".repeat(left) + "\n");
    assertEquals(
        "log.test: the answer has more than 64 KiB", Bench.of(log).refused(module).reason());
  }

  @Test
  void lookup_asTheLogGrows_movesTheHeadForward() {
    Bench bench = Bench.of(log);
    for (int i = 0; i < 40; i++) {
      String module = "test.example/growing@v1.0." + i;
      log.add(module);
      assertEquals(log.head(), bench.found(module).provenIn());
      log.addMany(13 * i % 50);
      assertEquals(log.head(log.size()), log.head());
    }
    assertEquals(40, bench.events.sizes().size());
    assertEquals(bench.events.sizes().getLast(), bench.storedHead().size());
  }

  @Test
  void lookup_rolledBackLog_isFineButTheHeadStays() {
    Bench bench = Bench.of(log);
    bench.found("test.example/299@v1.0.0");
    bench.found("test.example/8@v1.0.0");
    log.rollBack(200);
    assertEquals(300, bench.found("test.example/7@v1.0.0").provenIn().size());
    assertEquals(300, bench.storedHead().size());
    bench.notLogged("test.example/250@v1.0.0");
    assertEquals(List.of(300L), bench.events.sizes());
  }

  @Test
  void lookup_unknownModule_isNotLoggedWithTheText() {
    Lookup.NotLogged answer = Bench.of(log).notLogged(MODULE);
    assertEquals(404, answer.status());
    assertEquals("not found: /lookup/test.example/wanted@v1.2.3", answer.text());
  }

  @Test
  void lookup_failure_isNotRemembered() {
    Bench bench = Bench.of(log);
    log.down(true);
    bench.unavailable(MODULE);
    log.down(false);
    bench.notLogged(MODULE);
    log.add(MODULE);
    log.loseTiles(true);
    bench.unavailable(MODULE);
    log.loseTiles(false);
    log.flip(new Tile(8, 1, 0, 1), 0);
    bench.refused(MODULE);
    log.repent();
    bench.found(MODULE);
  }

  @Test
  void lookup_partialTilesGone_usesTheFullOnes() {
    Bench bench = Bench.of(log);
    log.showOldHeads(new Random(5));
    log.forgetPartialTiles();
    bench.found("test.example/299@v1.0.0");
    log.addMany(500);
    bench.found("test.example/12@v1.0.0");
    assertTrue(log.requests().contains("/tile/8/0/001"));
  }

  @Test
  void lookup_partialTileGoneAtASourceThatIsAhead_isProvenByTheFullOne() {
    log.rollBack(290);
    Bench bench = Bench.of(log);
    bench.found("test.example/289@v1.0.0");
    Bench cold = Bench.of(log);
    cold.store.tamperHead(bench.store.head());
    log.repent();
    log.addMany(500);
    log.forgetPartialTiles();
    log.loseTiles(false);
    log.lie("/lookup/test.example/3@v1.0.0", log.lookupBody(3, 290));
    assertEquals(290, cold.found("test.example/3@v1.0.0").provenIn().size());
    assertTrue(log.requests().contains("/tile/8/0/001.p/34"));
    assertTrue(log.requests().contains("/tile/8/0/001"));
    assertFalse(cold.store.tiles.containsKey(new Tile(8, 0, 1, 256)), "not proven whole");
  }

  @Test
  void lookup_everythingHeldAndUpstreamGone_stillAnswersAfterARestart() {
    log.showOldHeads(new Random(6));
    Bench bench = Bench.of(log);
    List<String> modules = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      modules.add("test.example/" + 5 * i + "@v1.0.0");
      bench.found(modules.getLast());
      log.addMany(i);
    }
    log.down(true);
    for (Bench after : List.of(bench, bench.restarted(log), bench.restarted())) {
      modules.forEach(after::found);
      after.unavailable(MODULE);
    }
  }

  @Test
  void lookup_everythingHeld_doesNotEvenLookForSources() {
    log.add(MODULE);
    Bench bench = Bench.of(log);
    Lookup.Found found = bench.found(MODULE);
    LogSources none =
        () -> {
          throw new IllegalStateException("looked for sources");
        };
    ChecksumDatabase restarted =
        new ChecksumDatabase(log.key(), bench.store, none, bench.events, Bench.THREADS);
    assertEquals(found, restarted.lookup(Bench.module(MODULE)));
    assertThrows(
        IllegalStateException.class,
        () -> restarted.lookup(Bench.module("test.example/none@v1.0.0")));
  }

  @Test
  void lookup_tileSpoiltOnDisk_isFetchedAgainAndReplaced() {
    Bench bench = Bench.of(log);
    bench.found("test.example/7@v1.0.0");
    for (Tile tile : List.copyOf(bench.store.tiles.keySet())) {
      byte[] good = bench.store.tile(tile).orElseThrow();
      for (byte[] bad : spoilt(good)) {
        bench.store.tiles.put(tile, bad);
        log.down(true);
        bench.restarted(log).unavailable("test.example/7@v1.0.0");
        log.down(false);
        bench.restarted(log).found("test.example/7@v1.0.0");
        assertArrayEquals(good, bench.store.tiles.get(tile), tile.path());
      }
    }
  }

  private static List<byte[]> spoilt(byte[] good) {
    byte[] flipped = good.clone();
    flipped[good.length / 2] ^= 4;
    return List.of(flipped, new byte[0], new byte[good.length]);
  }

  @Test
  void lookup_storedLookupSpoilt_isFetchedAgainAndReplaced() {
    Bench bench = Bench.of(log);
    bench.found("test.example/7@v1.0.0");
    byte[] good = bench.store.lookup(Bench.module("test.example/7@v1.0.0")).orElseThrow();
    for (byte[] bad :
        List.of(new byte[0], new byte[100], log.lookupBody(8, 300), log.lookupBody(299, 300))) {
      bench.store.lookups.put(Bench.module("test.example/7@v1.0.0"), bad);
      assertEquals(
          Bench.h1("test.example/7@v1.0.0"),
          bench.restarted(log).found("test.example/7@v1.0.0").zip());
      assertArrayEquals(good, bench.store.lookups.get(Bench.module("test.example/7@v1.0.0")));
    }
  }

  @Test
  void headLost_whileOtherFilesAreThere_isReportedAsTrustReset() {
    Bench bench = Bench.of(log);
    assertEquals(List.of(), bench.events.resets());
    bench.found("test.example/7@v1.0.0");
    assertEquals(List.of(), bench.events.resets());

    bench.store.tamperHead(Optional.empty());
    Bench after = bench.restarted();
    after.found("test.example/7@v1.0.0");
    assertEquals(1, after.events.resets().size());
    assertEquals(300, after.storedHead().size(), "from the note of the stored lookup");

    for (String head : List.of("", "\0\0\0", "go.sum database tree\n1\n")) {
      bench.store.tamperHead(Optional.of(head.getBytes(StandardCharsets.UTF_8)));
      Bench spoilt = bench.restarted(log);
      spoilt.found("test.example/7@v1.0.0");
      assertEquals(1, spoilt.events.resets().size());
    }
  }

  @Test
  void storeThatFailsToKeepTheHead_isNotReliedOn() {
    Bench bench = Bench.of(log);
    bench.store.readOnly(true);
    bench.unavailable("test.example/7@v1.0.0");
    assertEquals(List.of(), bench.events.sizes());
    assertFalse(bench.events.storeFailures().isEmpty());
    bench.store.readOnly(false);
    bench.found("test.example/7@v1.0.0");
    bench.store.readOnly(true);
    bench.found("test.example/8@v1.0.0");
  }

  @Test
  void manyThreads_withShuffledHeads_moveTheHeadForwardOnly() throws Exception {
    log.showOldHeads(new Random(7));
    Bench bench = Bench.of(log);
    List<String> modules =
        new ArrayList<>(
            IntStream.range(0, 64 * 8)
                .mapToObj(i -> "test.example/" + i % 300 + "@v1.0.0")
                .toList());
    Collections.shuffle(modules, new Random(8));
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(64)) {
      List<Future<Lookup>> answers =
          modules.stream()
              .map(module ->
                  threads.submit(() -> {
                    start.await();
                    return bench.lookup(module);
                  }))
              .toList();
      start.countDown();
      for (int i = 0; i < modules.size(); i++) {
        Lookup.Found found = assertInstanceOf(Lookup.Found.class, answers.get(i).get());
        assertEquals(Bench.h1(modules.get(i)), found.zip());
        assertEquals(log.head(found.provenIn().size()), found.provenIn());
        assertTrue(found.recordId() < found.provenIn().size());
      }
    }
    List<Long> sizes = bench.events.sizes();
    assertEquals(sizes.stream().sorted().distinct().toList(), sizes);
    assertEquals(sizes.getLast(), bench.storedHead().size());
    assertEquals(List.of(), bench.events.refuted());
  }

  @Test
  void manyThreads_withOneModule_askOnce() throws Exception {
    Bench bench = Bench.of(log);
    try (var threads = Executors.newFixedThreadPool(32)) {
      List<Future<Lookup>> answers =
          IntStream.range(0, 200)
              .mapToObj(i -> threads.submit(() -> bench.lookup("test.example/7@v1.0.0")))
              .toList();
      for (Future<Lookup> answer : answers) {
        assertInstanceOf(Lookup.Found.class, answer.get());
      }
    }
    assertEquals(1, log.requests().stream().filter(path -> path.startsWith("/lookup/")).count());
  }

  @Test
  void twoProcesses_onOneStore_agreeOnTheNewestHead() {
    log.rollBack(100);
    Bench first = Bench.of(log);
    first.found("test.example/7@v1.0.0");
    Bench second = first.restarted(log);
    second.found("test.example/7@v1.0.0");
    log.rollBack(200);
    second.found("test.example/150@v1.0.0");
    log.rollBack(250);
    assertEquals(250, first.found("test.example/249@v1.0.0").provenIn().size());
    assertEquals(List.of(100L, 200L, 250L), first.events.sizes());
    assertEquals(250, first.storedHead().size());
    log.rollBack(220);
    assertEquals(200, second.found("test.example/7@v1.0.0").provenIn().size());
    assertEquals(250, second.found("test.example/210@v1.0.0").provenIn().size());
  }

  @Test
  void storedHeadRemovedWhileRunning_isPutBackAndReported() {
    Bench bench = Bench.of(log);
    bench.found("test.example/7@v1.0.0");
    bench.store.tamperHead(Optional.empty());
    log.addMany(5);
    bench.found("test.example/304@v1.0.0");
    assertEquals(1, bench.events.resets().size());
    assertEquals(305, bench.storedHead().size());
    assertEquals(new TreeHead(305, log.head().root()), bench.storedHead());
  }

  @Test
  void aColdBuildInParallel_isFoundAndThenHeld() throws Exception {
    FakeLog big = new FakeLog("big.test", 2).addMany(5_000);
    big.showOldHeads(new Random(9));
    Bench bench = Bench.of(big);
    List<String> modules =
        IntStream.range(0, 450).mapToObj(i -> "test.example/" + 11 * i + "@v1.0.0").toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Lookup>> answers =
          modules.stream().map(module -> threads.submit(() -> bench.lookup(module))).toList();
      for (Future<Lookup> answer : answers) {
        assertInstanceOf(Lookup.Found.class, answer.get());
      }
    }
    assertEquals(List.of(), bench.events.refuted());
    Bench restarted = bench.restarted();
    modules.forEach(restarted::found);
  }
}
