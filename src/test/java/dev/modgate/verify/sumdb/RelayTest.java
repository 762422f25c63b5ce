package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeTree;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What clients get that check the database themselves through us. */
final class RelayTest {

  private final FakeLog log = new FakeLog("log.test", 1).addMany(300);

  /** A database as the source of another one. */
  private record Relay(ChecksumDatabase database, List<String> asked) implements LogSource {

    @Override
    public String name() {
      return "relay";
    }

    @Override
    public Answer get(String path) {
      asked.add(path);
      return switch (relayed(path)) {
        case Relayed.Body(byte[] bytes) -> new Answer.Body(bytes);
        case Relayed.Missing(int status, String text) -> new Answer.Missing(status, text);
        case Relayed.Unavailable(String reason) -> new Answer.Failed(reason);
        case Relayed.Refused(String reason, var fork) -> new Answer.Failed(reason);
      };
    }

    private Relayed relayed(String path) {
      if (path.equals("/latest")) {
        return database.latest();
      }
      if (path.startsWith("/lookup/")) {
        String[] escaped = path.substring("/lookup/".length()).split("@", 2);
        Parsed<ModuleVersion> module =
            ModulePath.unescape(escaped[0]).then(name -> ModuleVersion.of(name, escaped[1]));
        return database.record(module.orThrow());
      }
      return database.tile(Tile.parse(path.substring(1)).orThrow());
    }
  }

  @Test
  void clientsOfTheRelay_proveEverythingThemselves() {
    Bench ours = Bench.of(log);
    Bench client = Bench.of(log.key(), new Relay(ours.database, new ArrayList<>()));
    log.showOldHeads(new Random(4));
    for (int i = 0; i < 60; i++) {
      assertEquals(
          Bench.h1("test.example/" + 5 * i + "@v1.0.0"),
          client.found("test.example/" + 5 * i + "@v1.0.0").zip());
      log.addMany(i);
    }
    assertEquals(ours.storedHead(), client.storedHead());
    client.notLogged("test.example/unknown@v1.0.0");
    assertEquals(List.of(), client.events.refuted());
  }

  @Test
  void warmRelayWithUpstreamGone_servesOldAndNewClients() {
    Bench ours = Bench.of(log);
    List<String> asked = new ArrayList<>();
    Relay relay = new Relay(ours.database, asked);
    log.showOldHeads(new Random(5));
    List<String> modules = new ArrayList<>();
    List<Bench> clients = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      modules.add("test.example/" + 25 * i + "@v1.0.0");
      clients.add(Bench.of(log.key(), relay));
      clients.getLast().found(modules.getLast());
      log.addMany(30 * i);
    }
    log.down(true);
    Bench restarted = ours.restarted(log);
    for (ChecksumDatabase database : List.of(ours.database, restarted.database)) {
      Relay warm = new Relay(database, asked);
      Bench fresh = Bench.of(log.key(), warm);
      clients.add(fresh);
      for (Bench client : clients) {
        client.sources.set(0, warm);
        modules.forEach(client::found);
        assertEquals(List.of(), client.events.refuted());
      }
      assertInstanceOf(Relayed.Body.class, database.latest());
    }
  }

  @Test
  void record_hasOurNewestHead() {
    Bench ours = Bench.of(log);
    log.rollBack(100);
    ours.found("test.example/7@v1.0.0");
    log.repent();
    ours.found("test.example/299@v1.0.0");
    log.down(true);
    assertArrayEquals(
        log.lookupBody(7, 300), body(ours.database.record(Bench.module("test.example/7@v1.0.0"))));
    assertArrayEquals(log.note(300), body(ours.database.latest()));
  }

  @Test
  void record_keepsWhatElseTheLogHasSigned() {
    log.signExtraLines("another line\n");
    byte[] relayed = body(Bench.of(log).database.record(Bench.module("test.example/7@v1.0.0")));
    assertArrayEquals(log.lookupBody(7, 300), relayed);
    assertTrue(new String(relayed, StandardCharsets.UTF_8).contains("another line\n"));
  }

  @Test
  void latest_withoutAHead_asksTheSources() {
    Bench ours = Bench.of(log);
    log.down(true);
    assertInstanceOf(Relayed.Unavailable.class, ours.database.latest());
    log.down(false);
    assertArrayEquals(log.note(300), body(ours.database.latest()));
    log.addMany(1);
    assertArrayEquals(log.note(300), body(ours.database.latest()));
    assertArrayEquals(log.note(301), body(ours.database.refresh()));
    assertEquals(301, ours.storedHead().size());
  }

  @Test
  void refresh_firstSourceHasNothingNewer_goesOnToTheSecond() {
    FakeLog stale = log.fork();
    log.addMany(10);
    Bench ours = Bench.of(log.key(), stale.as("stale"), log.as("fresh"));
    ours.found("test.example/7@v1.0.0");
    assertEquals(300, ours.storedHead().size());
    assertArrayEquals(log.note(310), body(ours.database.refresh()));
    assertArrayEquals(log.note(310), body(ours.database.refresh()));
  }

  @Test
  void refresh_sourceGone_isUnavailable() {
    Bench ours = Bench.of(log);
    ours.found("test.example/7@v1.0.0");
    log.down(true);
    assertInstanceOf(Relayed.Unavailable.class, ours.database.refresh());
    assertInstanceOf(Relayed.Body.class, ours.database.latest());
  }

  @Test
  void tile_ofEveryPlaceAndWidth_isThatOfTheLog() {
    Bench ours = Bench.of(log);
    ours.database.latest();
    for (Tile widest : FakeTree.tiles(8, 300)) {
      for (int width = 1; width <= widest.width(); width++) {
        Tile tile = widest.withWidth(width);
        assertArrayEquals(upstream(tile), body(ours.database.tile(tile)), tile.path());
      }
    }
    log.forgetRequests();
    ours.database.tile(new Tile(8, 0, 0, 77));
    assertEquals(List.of(), log.requests(), "cut from the full one");
  }

  /** Of height 2, so that the tree has tiles of many levels and numbers. */
  @Test
  void tile_ofEveryLevel_isThatOfTheLog() {
    FakeLog low = new FakeLog("low.test", 3, 2);
    low.addMany(100);
    Bench warm = Bench.of(low, 2);
    warm.database.latest();
    for (Tile tile : FakeTree.tiles(2, 100)) {
      byte[] expected =
          assertInstanceOf(LogSource.Answer.Body.class, low.get("/" + tile.path())).bytes();
      Bench cold = Bench.of(low, 2);
      cold.database.latest();
      assertArrayEquals(expected, body(cold.database.tile(tile)), tile.path());
      assertArrayEquals(expected, body(warm.database.tile(tile)), tile.path());
    }
  }

  @Test
  void tile_beyondOurHead_asksForANewerHead() {
    log.rollBack(100);
    Bench ours = Bench.of(log);
    ours.found("test.example/7@v1.0.0");
    log.repent();
    assertArrayEquals(
        upstream(new Tile(8, 0, 1, 44)), body(ours.database.tile(new Tile(8, 0, 1, 44))));
    assertEquals(300, ours.storedHead().size());
    assertInstanceOf(Relayed.Missing.class, ours.database.tile(new Tile(8, 0, 1, 45)));
    log.down(true);
    assertInstanceOf(Relayed.Unavailable.class, ours.database.tile(new Tile(8, 0, 1, 45)));
  }

  @Test
  void tile_thatNoTreeHas_isMissing() {
    Bench ours = Bench.of(log);
    ours.found("test.example/7@v1.0.0");
    for (Tile tile :
        List.of(
            new Tile(8, Tile.DATA, 0, 256),
            new Tile(7, 0, 0, 1),
            new Tile(8, 62, 0, 1),
            new Tile(8, 0, Long.MAX_VALUE, 256),
            new Tile(8, 62, Long.MAX_VALUE, 256))) {
      assertInstanceOf(Relayed.Missing.class, ours.database.tile(tile), tile.path());
    }
  }

  @Test
  void tile_thatASourceForges_isRefusedAndNeverRelayed() {
    Bench ours = Bench.of(log);
    ours.database.latest();
    log.flip(new Tile(8, 0, 0, 1), 200);
    assertInstanceOf(Relayed.Refused.class, ours.database.tile(new Tile(8, 0, 0, 256)));
    assertInstanceOf(Relayed.Refused.class, ours.database.tile(new Tile(8, 0, 0, 1)));
    assertTrue(ours.store.tile(new Tile(8, 0, 0, 256)).isEmpty());
    log.repent();
    assertArrayEquals(
        upstream(new Tile(8, 0, 0, 256)), body(ours.database.tile(new Tile(8, 0, 0, 256))));
  }

  private byte[] upstream(Tile tile) {
    return log.get("/" + tile.path()) instanceof LogSource.Answer.Body(byte[] bytes)
        ? bytes
        : new byte[0];
  }

  private static byte[] body(Relayed relayed) {
    return assertInstanceOf(Relayed.Body.class, relayed).bytes();
  }
}
