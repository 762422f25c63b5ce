package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.MemoryLogStore;
import dev.modgate.fake.RacingLogStore;
import dev.modgate.fake.RecordingLogEvents;
import dev.modgate.verify.tlog.ConsistencyProof;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A database that has signed two histories. */
final class ForkTest {

  private static final String EARLY = "test.example/7@v1.0.0";
  private static final String NEWS = "test.example/news@v1.0.0";
  private static final String GOOD = "test.example/good@v1.0.0";

  private final FakeLog good = new FakeLog("log.test", 1).addMany(300);
  private final FakeLog evil = good.fork();

  @Test
  void sameSizeWithAnotherRoot_isAFork() {
    good.add(GOOD);
    evil.add(NEWS);
    Bench bench = Bench.of(good);
    bench.found(GOOD);
    assertFork(bench, evil, evil.note(301), good.note(301));
  }

  /** Two heads of one size need nothing else to contradict each other. */
  @Test
  void sameSizeWithAnotherRoot_withoutAnyTile_isAFork() {
    good.add(GOOD);
    evil.add(NEWS);
    Bench before = Bench.of(good);
    before.found(GOOD);
    before.store.tiles.clear();
    evil.loseTiles(true);
    Fork fork = before.restarted(evil).refused(NEWS).fork().orElseThrow();
    assertEquals(text(evil.note(301)), fork.olderNote());
    assertEquals(text(good.note(301)), fork.newerNote());
  }

  @Test
  void longerHistoryWithoutOurRecords_isAFork() {
    good.add(GOOD);
    evil.addMany(400).add(NEWS);
    Bench bench = Bench.of(good);
    bench.found(GOOD);
    assertFork(bench, evil, good.note(301), evil.note(701));
  }

  @Test
  void shorterHistoryThatIsNotOurs_isAFork() {
    good.addMany(500).add(GOOD);
    evil.add(NEWS);
    Bench bench = Bench.of(good);
    bench.found(GOOD);
    bench.found("test.example/400@v1.0.0");
    assertFork(bench, evil, evil.note(301), good.note(801));
  }

  @Test
  void shorterHistoryWithoutTheTilesOfOurs_isAForkOnceAnotherSourceHasThem() {
    good.addMany(500).add(GOOD);
    evil.add(NEWS);
    Bench bench = Bench.of(good);
    bench.found(GOOD);
    bench.sources.set(0, evil.as("evil mirror"));
    bench.unavailable(NEWS);
    assertEquals(List.of(), bench.events.forks());
    bench.sources.add(good.as("good mirror"));
    Fork fork = bench.refused(EARLY).fork().orElseThrow();
    assertEquals("evil mirror", fork.source());
    assertEquals(text(evil.note(301)), fork.olderNote());
    assertProven(fork, bench);
  }

  @Test
  void longerHistoryWithoutItsTiles_isAForkOnceOursIsAsLong() {
    evil.addMany(100).add(NEWS);
    Bench bench = Bench.of(good);
    bench.found(EARLY);
    evil.loseTiles(true);
    bench.sources.set(0, evil.as("evil mirror"));
    bench.unavailable(NEWS);
    bench.sources.set(0, good);
    good.addMany(50);
    bench.found("test.example/310@v1.0.0");
    good.addMany(400);
    Fork fork = bench.refused("test.example/500@v1.0.0").fork().orElseThrow();
    assertEquals("evil mirror", fork.source());
    assertEquals(text(evil.note(401)), fork.olderNote());
    assertProven(fork, bench);
  }

  /** As little as by keeping its tiles can a mirror hide a second history by forging them. */
  @Test
  void longerHistoryWithForgedTiles_isAForkOnceOursIsAsLong() {
    evil.addMany(100).add(NEWS);
    Bench bench = Bench.of(good);
    bench.found(EARLY);
    evil.flip(new Tile(8, 0, 1, 1), 120);
    bench.sources.set(0, evil.as("evil mirror"));
    assertEquals(Optional.empty(), bench.refused(NEWS).fork());
    bench.sources.set(0, good);
    good.addMany(400);
    Fork fork = bench.refused("test.example/500@v1.0.0").fork().orElseThrow();
    assertEquals("evil mirror", fork.source());
    assertEquals(text(evil.note(401)), fork.olderNote());
    assertProven(fork, bench);
  }

  /** The head that is judged is sound; it only brings the tiles that prove the fork. */
  @Test
  void judge_whatDecidesAnEarlierHeadToBeAFork_isForkedItself() {
    good.addMany(500);
    evil.add(NEWS);
    MemoryLogStore store = new MemoryLogStore();
    HeadNotes notes = new HeadNotes(good.key());
    TileSupply tiles = new TileSupply(8, store, Bench.THREADS);
    Timeline timeline = new Timeline("log.test", notes, store, tiles, new RecordingLogEvents());
    SignedHead ours = notes.open(good.note(800)).orThrow();
    SignedHead theirs = notes.open(evil.note(301)).orThrow();
    assertInstanceOf(
        Timeline.Judgement.Accepted.class, timeline.judge(ours, Optional.empty(), good));
    assertInstanceOf(
        Timeline.Judgement.Unavailable.class,
        timeline.judge(theirs, Optional.empty(), Round.NO_SOURCE));
    assertInstanceOf(Timeline.Judgement.Forked.class, timeline.judge(ours, Optional.empty(), good));
  }

  @Test
  void forkThatAnotherProcessFoundMeanwhile_isRefusedHereToo() {
    good.rollBack(100);
    Bench before = Bench.of(good);
    before.found(EARLY);
    good.rollBack(280);
    Fork fork = new Fork("log.test", "elsewhere", "", "", "");
    RacingLogStore store =
        new RacingLogStore(
            before.store,
            () -> {
              before.store.saveFork(fork);
              before.store.tamperHead(Optional.of(good.note(200)));
            });
    ChecksumDatabase database =
        new ChecksumDatabase(good.key(), store, () -> List.of(good), LogEvents.NONE, Bench.THREADS);
    Lookup.Refused refused =
        assertInstanceOf(
            Lookup.Refused.class, database.lookup(Bench.module("test.example/270@v1.0.0")));
    assertEquals(Optional.of(fork), refused.fork());
    assertArrayEquals(good.note(200), before.store.head().orElseThrow());
  }

  @Test
  void honestHeadsWithoutTheirTiles_areDecidedLater() {
    Bench bench = Bench.of(good);
    bench.found(EARLY);
    good.addMany(500);
    for (int size = 310; size < 800; size += 10) {
      good.loseTiles(true);
      good.rollBack(size);
      bench.lookup("test.example/" + size / 2 + "@v1.0.0");
      good.loseTiles(false);
      bench.found("test.example/" + size / 2 + "@v1.0.0");
    }
    assertEquals(List.of(), bench.events.forks());
  }

  @Test
  void longerHistoryAtEverySizeOfOurs_isAFork() {
    for (int ours : List.of(1, 2, 3, 255, 256, 257, 511, 512, 600)) {
      FakeLog honest = new FakeLog("log.test", 1).addMany(ours - 1);
      FakeLog forked = honest.fork();
      honest.add(GOOD);
      forked.addMany(100).add(NEWS);
      Bench bench = Bench.of(honest);
      bench.found(GOOD);
      assertFork(bench, forked, honest.note(ours), forked.note(ours + 100));
    }
  }

  @Test
  void emptyTreeWithAnotherRoot_isAFork() {
    good.add(GOOD);
    Bench bench = Bench.of(good);
    bench.found(GOOD);
    byte[] untrue = good.signer().sign(new TreeHead(0, Hash.ofRecord(new byte[0])).format());
    evil.lie("/latest", untrue);
    bench.sources.set(0, evil);
    assertInstanceOf(Relayed.Refused.class, bench.database.refresh());
    assertEquals(1, bench.events.forks().size());
  }

  /** The story of assertFork: everything is refused, also after a restart, without a request. */
  private void assertFork(Bench bench, FakeLog other, byte[] older, byte[] newer) {
    TreeHead before = bench.storedHead();
    bench.sources.set(0, other.as("evil mirror"));
    Fork fork = bench.refused(NEWS).fork().orElseThrow();
    assertEquals("log.test", fork.database());
    assertEquals("evil mirror", fork.source());
    assertEquals(text(older), fork.olderNote());
    assertEquals(text(newer), fork.newerNote());
    assertProven(fork, bench);
    assertEquals(List.of(fork), bench.events.forks());
    assertEquals(before, bench.storedHead());
    assertTrue(bench.store.lookup(Bench.module(NEWS)).isEmpty());

    bench.sources.set(0, good);
    good.forgetRequests();
    for (Bench after : List.of(bench, bench.restarted(good))) {
      assertEquals(Optional.of(fork), after.refused(GOOD).fork());
      assertEquals(Optional.of(fork), after.refused(EARLY).fork());
      assertInstanceOf(Relayed.Refused.class, after.database.latest());
      assertInstanceOf(Relayed.Refused.class, after.database.refresh());
      assertInstanceOf(Relayed.Refused.class, after.database.record(Bench.module(GOOD)));
      assertInstanceOf(Relayed.Refused.class, after.database.tile(new Tile(8, 0, 0, 1)));
    }
    assertEquals(List.of(), good.requests());
    assertEquals(1, bench.events.forks().size());
  }

  /** The evidence can be checked with nothing but the key. */
  private static void assertProven(Fork fork, Bench bench) {
    HeadNotes notes = new HeadNotes(bench.key);
    TreeHead older = notes.open(fork.olderNote()).orThrow().head();
    TreeHead newer = notes.open(fork.newerNote()).orThrow().head();
    List<String> lines = fork.proof().lines().toList();
    Hash implied = Hash.parse(lines.get(1)).orThrow();
    assertFalse(implied.equals(older.root()));
    if (older.size() == newer.size()) {
      assertEquals(newer.root(), implied);
      return;
    }
    assertEquals("consistency proof:", lines.get(2));
    ConsistencyProof proof =
        new ConsistencyProof(
            lines.subList(3, lines.size()).stream()
                .map(line -> Hash.parse(line).orThrow())
                .toList());
    assertTrue(proof.proves(newer, new TreeHead(older.size(), implied)));
  }

  @Test
  void forkThatComesWithAnEarlierRecord_isNoticed() {
    good.add(GOOD);
    evil.addMany(50);
    Bench bench = Bench.of(good);
    bench.found(GOOD);
    bench.sources.set(0, evil);
    assertTrue(bench.refused(EARLY).fork().isPresent());
  }

  @Test
  void forkAtALyingMirror_isNoticedEvenIfAnotherMirrorIsHonest() {
    good.add(GOOD);
    evil.addMany(50);
    Bench bench = Bench.of(good.key(), good.as("good"));
    bench.found(GOOD);
    bench.sources.addFirst(evil.as("evil"));
    assertTrue(bench.refused(EARLY).fork().isPresent());
  }

  @Test
  void inconsistentTile_isNoForkAndForgotten() {
    Bench bench = Bench.of(good);
    bench.found(EARLY);
    good.addMany(500);
    good.flip(new Tile(8, 1, 0, 1), 2);
    String late = "test.example/700@v1.0.0";
    assertEquals(Optional.empty(), bench.refused(late).fork());
    assertEquals(300, bench.storedHead().size());
    assertEquals(List.of(), bench.events.forks());
    good.repent();
    bench.found(late);
  }

  @Test
  void forgedHead_isNoFork() {
    Bench bench = Bench.of(good);
    bench.found(EARLY);
    FakeLog impostor = new FakeLog("log.test", 66).addMany(400);
    bench.sources.set(0, impostor);
    assertEquals(Optional.empty(), bench.refused("test.example/8@v1.0.0").fork());
    bench.found(EARLY);
  }

  @Test
  void evidenceThatCannotBeSaved_isSavedLaterAndAllIsRefusedMeanwhile() {
    good.add(GOOD);
    evil.add(NEWS);
    Bench bench = Bench.of(good);
    bench.found(GOOD);
    bench.store.readOnly(true);
    bench.sources.set(0, evil);
    bench.refused(NEWS);
    assertFalse(bench.events.storeFailures().isEmpty());
    assertTrue(bench.refused(GOOD).fork().isPresent());
    assertTrue(bench.store.fork().isEmpty());
    bench.store.readOnly(false);
    assertTrue(bench.refused(GOOD).fork().isPresent());
    assertTrue(bench.store.fork().isPresent());
  }

  @Test
  void forkBetweenTwoProcesses_isNoticedWhenTheHeadIsStored() {
    Bench first = Bench.of(good);
    first.found(EARLY);
    Bench second = first.restarted(evil);
    second.found(EARLY);
    good.add(GOOD);
    evil.add(NEWS);
    first.found(GOOD);
    assertTrue(second.refused(NEWS).fork().isPresent());
    good.addMany(3);
    assertTrue(first.refused("test.example/303@v1.0.0").fork().isPresent());
  }

  @Test
  void text_ofAFork_isReadBack() {
    Fork fork =
        new Fork("log.test", "mirror", text(good.note(5)), text(good.note(9)), "one\ntwo\n");
    assertEquals(fork, Fork.ofText("log.test", fork.text()));
    assertTrue(fork.text().contains("\t— log.test "), fork.text());
    Fork noNewer = new Fork("log.test", "m", text(good.note(5)), "", "");
    assertEquals(noNewer, Fork.ofText("log.test", noNewer.text()));
  }

  @Test
  void text_thatIsSpoilt_isStillAFork() {
    for (String spoilt : List.of("", "\0\0", "older head:\n", "x\ty\nproof:\n\tz")) {
      assertEquals(new Fork("log.test", "", "", "", spoilt), Fork.ofText("log.test", spoilt));
    }
  }

  private static String text(byte[] note) {
    return new String(note, StandardCharsets.UTF_8);
  }
}
