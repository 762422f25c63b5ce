package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FailingLogStore;
import dev.modgate.fake.FakeLog;
import dev.modgate.fake.RacingLogStore;
import dev.modgate.fake.RecordingLogEvents;
import dev.modgate.verify.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The newest head: where it comes from, and what happens if it can't be known. */
final class TimelineTest {

  private static final String EARLY = "test.example/7@v1.0.0";

  private final FakeLog log = new FakeLog("log.test", 1).addMany(300);

  @Test
  void treeSizeAndAlarm_ofAnHonestLog_followTheHead() {
    Bench bench = Bench.of(log);
    assertEquals(0, bench.database.treeSize());
    assertEquals(Optional.empty(), bench.database.alarm());
    bench.found(EARLY);
    assertEquals(300, bench.database.treeSize());
    assertEquals(Optional.empty(), bench.database.alarm());
    assertEquals(300, bench.restarted().database.treeSize());
  }

  @Test
  void treeSizeAndAlarm_ofAForkedLog_areNoneAndTheReason() {
    FakeLog evil = log.fork();
    log.addMany(1);
    evil.add("test.example/news@v1.0.0");
    Bench bench = Bench.of(log);
    bench.found(EARLY);
    bench.sources.set(0, evil);
    bench.refused("test.example/news@v1.0.0");
    for (ChecksumDatabase database : List.of(bench.database, bench.restarted().database)) {
      assertEquals(0, database.treeSize());
      assertEquals(
          Optional.of("the checksum database log.test has signed contradicting tree heads"),
          database.alarm());
    }
  }

  /** What can't be read must not look as if it were absent. */
  @Test
  void storeThatCannotBeRead_isUnavailableAndTrustIsNotReset() {
    RecordingLogEvents events = new RecordingLogEvents();
    Bench before = Bench.of(log);
    before.found(EARLY);
    FailingLogStore store = new FailingLogStore(before.store);
    ChecksumDatabase database =
        new ChecksumDatabase(log.key(), store, () -> List.of(log), events, Bench.THREADS);
    store.failing(true);
    assertEquals(
        new Lookup.Unavailable("the tree head could not be read"),
        database.lookup(Bench.module(EARLY)));
    assertEquals(0, database.treeSize());
    assertEquals(Optional.empty(), database.alarm());
    assertInstanceOf(Relayed.Unavailable.class, database.latest());
    assertEquals("the tree head could not be read", events.storeFailures().getFirst());
    store.failing(false);
    assertInstanceOf(Lookup.Found.class, database.lookup(Bench.module(EARLY)));
    assertEquals(300, database.treeSize());
    assertEquals(List.of(), events.resets());
  }

  @Test
  void refresh_sourceThatLies_isRefusedAndNamed() {
    Bench bench = Bench.of(log);
    bench.found(EARLY);
    byte[] newest = log.addMany(10).note(310);
    byte[] tooLong = Arrays.copyOf(newest, LogSource.MAX_BYTES + 1);
    for (byte[] lie : List.of(bytes("<html>"), tooLong, new byte[0])) {
      log.lie("/latest", lie);
      assertInstanceOf(Relayed.Refused.class, bench.database.refresh());
    }
    log.repent();
    log.flip(new Tile(8, 0, 1, 1), 50);
    assertInstanceOf(Relayed.Refused.class, bench.database.refresh());
    assertEquals(List.of("log.test", "log.test", "log.test", "log.test"), bench.events.refuted());
    assertEquals(300, bench.storedHead().size());
    log.repent();
    assertArrayEquals(
        newest, assertInstanceOf(Relayed.Body.class, bench.database.refresh()).bytes());
  }

  @Test
  void refresh_tooLongAnswer_saysSo() {
    log.lie("/latest", new byte[LogSource.MAX_BYTES + 1]);
    Relayed.Refused refused =
        assertInstanceOf(Relayed.Refused.class, Bench.of(log).database.refresh());
    assertEquals("log.test: the answer has more than 64 KiB", refused.reason());
  }

  /** A note may have other signatures, so its length can be anything up to the bound. */
  @Test
  void refresh_longestAnswer_isRead() {
    String text = log.head().format();
    String note = new String(log.note(300), StandardCharsets.UTF_8);
    int left = LogSource.MAX_BYTES - bytes(note).length;
    String extra = "x".repeat(left - 1) + "\n";
    log.lie("/latest", log.signer().sign(text + extra));
    byte[] longest = assertInstanceOf(LogSource.Answer.Body.class, log.get("/latest")).bytes();
    assertEquals(LogSource.MAX_BYTES, longest.length);
    Bench bench = Bench.of(log);
    assertArrayEquals(
        longest, assertInstanceOf(Relayed.Body.class, bench.database.refresh()).bytes());
  }

  @Test
  void refresh_sourceWithoutTheTiles_isUnavailable() {
    log.loseTiles(true);
    Bench bench = Bench.of(log);
    assertInstanceOf(Relayed.Unavailable.class, bench.database.refresh());
    assertEquals(0, bench.storedHead().size());
    log.loseTiles(false);
    assertInstanceOf(Relayed.Body.class, bench.database.refresh());
    assertEquals(300, bench.storedHead().size());
  }

  @Test
  void latest_databaseWithoutRecords_isMissing() {
    FakeLog empty = new FakeLog("log.test", 1);
    Relayed.Missing missing =
        assertInstanceOf(Relayed.Missing.class, Bench.of(empty).database.latest());
    assertEquals(404, missing.status());
    assertEquals("the database has no newer tree head", missing.text());
  }

  /** Another process has gone on, and the tiles that connect its head with ours can't be had. */
  @Test
  void headOfAnotherProcess_thatCannotBeProven_isUnavailableUntilItCan() {
    log.rollBack(100);
    Bench first = Bench.of(log);
    first.found(EARLY);
    log.rollBack(280);
    Bench second = first.restarted(log);
    second.found("test.example/270@v1.0.0");
    first.store.tiles.clear();
    log.rollBack(120);
    Lookup.Unavailable answer = first.unavailable("test.example/110@v1.0.0");
    assertTrue(answer.reason().contains("the stored tree head can't be proven: "), answer.reason());
    assertEquals(280, first.storedHead().size());
    log.repent();
    assertEquals(300, first.found("test.example/110@v1.0.0").provenIn().size());
  }

  @Test
  void headOfAnotherProcess_whoseTilesAreForged_isUnavailableAndNoFork() {
    log.rollBack(100);
    Bench first = Bench.of(log);
    first.found(EARLY);
    log.rollBack(280);
    first.restarted(log).found("test.example/270@v1.0.0");
    first.store.tiles.clear();
    log.rollBack(300);
    log.flip(new Tile(8, 0, 0, 1), 255);
    log.lie("/lookup/test.example/110@v1.0.0", log.lookupBody(110, 120));
    Lookup.Unavailable answer = first.unavailable("test.example/110@v1.0.0");
    assertTrue(answer.reason().contains("the stored tree head can't be proven: "), answer.reason());
    assertEquals(List.of(), first.events.forks());
    assertEquals(280, first.storedHead().size());
    log.repent();
    assertEquals(300, first.found("test.example/110@v1.0.0").provenIn().size());
  }

  @Test
  void headOfAnotherProcess_thatNeverStopsChanging_isUnavailable() {
    log.rollBack(100);
    Bench before = Bench.of(log);
    before.found(EARLY);
    AtomicBoolean longer = new AtomicBoolean();
    RacingLogStore store =
        new RacingLogStore(
            before.store,
            () -> {
              longer.set(!longer.get());
              before.store.tamperHead(Optional.of(log.note(longer.get() ? 110 : 100)));
            });
    log.rollBack(120);
    ChecksumDatabase database =
        new ChecksumDatabase(log.key(), store, () -> List.of(log), LogEvents.NONE, Bench.THREADS);
    Lookup.Unavailable answer =
        assertInstanceOf(
            Lookup.Unavailable.class, database.lookup(Bench.module("test.example/115@v1.0.0")));
    assertEquals("log.test: the tree head does not stop changing", answer.reason());
  }

  /** It came with its own note, which proves it under a head that was lost. */
  @ParameterizedTest
  @ValueSource(longs = {289, 290, 291})
  void storedRecord_atOrBeyondAnOlderHead_isProvenWithoutALookup(long size) {
    String module = "test.example/290@v1.0.0";
    Bench bench = Bench.of(log);
    bench.found(module);
    bench.store.tamperHead(Optional.of(log.note(size)));
    log.forgetRequests();
    assertEquals(Bench.h1(module), bench.restarted(log).found(module).zip());
    assertFalse(log.requests().contains(FakeLog.lookupPath(module)), log.requests().toString());
  }

  /** Another process has gone on, and left only the tile that is full by now. */
  @Test
  void storedRecord_whosePartialTileIsGone_isProvenByTheFullOne() {
    String module = "test.example/289@v1.0.0";
    log.rollBack(290);
    Bench first = Bench.of(log);
    first.found(module);
    Bench offline = first.restarted();
    assertEquals(290, offline.database.treeSize());
    log.repent();
    log.addMany(300);
    Bench second = first.restarted(log);
    second.found("test.example/599@v1.0.0");
    second.found("test.example/300@v1.0.0");
    first.store.tiles.remove(new Tile(8, 0, 1, 34));
    assertTrue(first.store.tiles.containsKey(new Tile(8, 0, 1, 256)));
    assertEquals(290, offline.found(module).provenIn().size());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
