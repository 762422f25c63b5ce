package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeSigner;
import dev.modgate.fake.FakeTree;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that answer with what is not so; and which source is believed if they disagree. */
final class LyingSourceTest {

  private static final String WANTED = "test.example/wanted@v1.2.3";
  private static final String OTHER = "test.example/7@v1.0.0";

  private final FakeLog log = new FakeLog("log.test", 1).addMany(300);
  private final FakeLog liar = log.fork();

  /** CVE-2026-42501. */
  @Test
  void recordWithoutALineForTheModule_isRefusedAndNotSaved() {
    log.addRecord(WANTED, "unrelated line\n");
    assertRefused(log, "has no hash of test.example/wanted@v1.2.3");
    log.addRecord(WANTED, "test.example/wanted v1.2.3 h2:xyzzy\n");
    assertRefused(log, "has no hash");
    log.addRecord(WANTED, "test.example/wanted v1.2.30 " + FakeLog.anyH1("x") + "\n");
    assertRefused(log, "has no hash");
    log.addRecord(WANTED, "test.example/Wanted v1.2.3 " + FakeLog.anyH1("x") + "\n");
    assertRefused(log, "has no hash");
    log.addRecord(WANTED, "x test.example/wanted v1.2.3 " + FakeLog.anyH1("x") + "\n");
    assertRefused(log, "has no hash");
    log.addRecord(WANTED, "test.example/wanted v1.2.3 h1:xyzzy\n");
    assertRefused(log, "hash");
  }

  /** CVE-2026-42501, with a record that is authentic. */
  @Test
  void recordOfAnotherModule_isRefusedAndNotSaved() {
    log.add(WANTED);
    log.answerWith(WANTED, OTHER);
    assertRefused(log, "record 7 has no hash of test.example/wanted@v1.2.3");
  }

  /** CVE-2026-56864. */
  @Test
  void hashLinesInTheSignedNote_doNotCount() {
    log.addRecord(WANTED, "unrelated line\n");
    log.signExtraLines("test.example/wanted v1.2.3 " + FakeLog.anyH1("evil") + "\n");
    assertRefused(log, "has no hash");
    log.add(WANTED);
    assertEquals(Bench.h1(WANTED), Bench.of(log).found(WANTED).zip());
  }

  /** CVE-2026-56864, with the line between the record and the note. */
  @Test
  void hashLinesBehindTheRecord_doNotCount() {
    log.add(WANTED);
    String honest = new String(log.lookupBody(7, 301), StandardCharsets.UTF_8);
    String line = "test.example/wanted v1.2.3 " + FakeLog.anyH1("evil") + "\n";
    for (String body :
        List.of(
            honest.replace("\n\ngo.sum", "\n\n" + line + "\ngo.sum"),
            honest.replace("\n\ngo.sum", "\n\n" + line + "go.sum"),
            honest + line,
            honest + "\n" + line)) {
      log.lie(FakeLog.lookupPath(WANTED), bytes(body));
      assertRefused(log, "");
    }
  }

  /** CVE-2026-56865: no hash of any tile can be changed. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void anyHashOfAnyTileFlipped_isRefusedAndNothingSaved(int height) {
    for (int size : List.of(1, 2, 3, 4, 5, 7, 8, 11, 16, 17, 21, 37)) {
      FakeLog small = new FakeLog("small.test", 3, height).addMany(size);
      for (Tile tile : FakeTree.tiles(height, size)) {
        long below = tile.number() << (height * (tile.level() + 1));
        String module = "test.example/" + below + "@v1.0.0";
        for (int hash = 0; hash < tile.width(); hash++) {
          small.flip(tile, hash);
          Bench bench = Bench.of(small, height);
          bench.refused(module);
          assertEquals(0, bench.store.tiles.size() + bench.store.lookups.size());
          assertEquals(TreeHead.EMPTY, bench.storedHead());
          small.repent();
          bench.found(module);
        }
      }
    }
  }

  /** The forgery that CVE-2026-56865 allowed: another record, and tiles that have its hash. */
  @Test
  void forgedRecordWithItsHashInTheTile_isRefused() {
    FakeLog forged = new FakeLog("log.test", 1);
    forged.addRecord(WANTED, "test.example/wanted v1.2.3 " + FakeLog.anyH1("evil") + "\n");
    for (int size : List.of(1, 7, 255, 256, 257, 300)) {
      FakeLog victim = new FakeLog("log.test", 1);
      victim.add(WANTED);
      victim.addMany(size - 1);
      String honest = new String(victim.lookupBody(0, size), StandardCharsets.UTF_8);
      victim.lie(
          FakeLog.lookupPath(WANTED),
          bytes(honest.replace(FakeLog.anyH1(WANTED), FakeLog.anyH1("evil"))));
      assertRefused(victim, "not what the log has as record 0");
      for (Tile tile : FakeTree.tiles(8, size)) {
        if (tile.level() == 0 && tile.number() == 0) {
          Bench bench = Bench.of(victim);
          byte[] data = body(victim, "/" + tile.path());
          byte[] leaf = Hash.ofRecord(bytes(recordOf(forged))).toBytes();
          System.arraycopy(leaf, 0, data, 0, Hash.BYTES);
          victim.lie("/" + tile.path(), data);
          bench.refused(WANTED);
          assertTrue(bench.store.tiles.isEmpty());
        }
      }
    }
  }

  @Test
  void tilesOfAnotherLengthOrPlace_areRefused() {
    for (String path : List.of("/tile/8/0/000", "/tile/8/0/001.p/44", "/tile/8/1/000.p/1")) {
      byte[] data = body(log, path);
      for (byte[] bad :
          List.of(
              new byte[0],
              Arrays.copyOf(data, data.length - 1),
              Arrays.copyOf(data, data.length - 32),
              Arrays.copyOf(data, data.length + 32),
              Arrays.copyOf(data, 1 << 20),
              new byte[data.length])) {
        log.lie(path, bad);
        assertRefusedModule(log, OTHER, "inconsistent tile");
      }
      log.repent();
    }
    log.lie("/tile/8/0/000", body(log, "/tile/8/0/000.p/44"));
    assertRefusedModule(log, OTHER, "inconsistent tile");
  }

  @Test
  void malformedLookups_areRefused() {
    log.add(WANTED);
    String honest = new String(log.lookupBody(300, 301), StandardCharsets.UTF_8);
    for (String body :
        List.of(
            "",
            "\n",
            "<html><body>Welcome! Please sign in.</body></html>\n",
            honest.replaceFirst("300\n", "299\n"),
            honest.replaceFirst("300\n", "301\n"),
            honest.replaceFirst("300\n", "0300\n"),
            honest.replaceFirst("300\n", "+300\n"),
            honest.replaceFirst("300\n", "-1\n"),
            honest.replaceFirst("300\n", "9223372036854775807\n"),
            honest.replaceFirst("300\n", "9223372036854775808\n"),
            honest.replaceFirst("300\n", "3458764513820540928\n"),
            honest.replace("\n", "\r\n"),
            honest.replace("\n\n", "\n"),
            honest.replace("v1.2.3 h1", "v1.2.3 \0h1"),
            honest.replace("v1.2.3/go.mod", "\nv1.2.3/go.mod"),
            honest.replaceFirst("= *\n$", "\n"),
            honest.stripTrailing(),
            honest + "\n",
            honest + "x",
            honest + " ".repeat(LogSource.MAX_BYTES),
            honest.substring(0, honest.indexOf("\n\n") + 2),
            honest.substring(0, honest.indexOf("\n\n") + 1))) {
      log.lie(FakeLog.lookupPath(WANTED), bytes(body));
      assertRefused(log, "");
    }
    log.repent();
    Bench.of(log).found(WANTED);
  }

  @Test
  void headsOfOthers_areRefused() {
    log.add(WANTED);
    String record = new String(log.lookupBody(300, 301), StandardCharsets.UTF_8);
    String start = record.substring(0, record.indexOf("\n\n") + 2);
    String text = log.head().format();
    FakeSigner stranger = new FakeSigner("stranger.test", 9);
    FakeSigner impostor = new FakeSigner("log.test", 9);
    for (String note :
        List.of(
            text,
            text + "\n" + stranger.signatureLine(text),
            text + "\n" + impostor.signatureLine(text),
            text + "\n" + log.signer().line(impostor.signature(text)),
            text + "\n" + log.signer().line(new byte[64]),
            text + "\n" + log.signer().line(Arrays.copyOf(log.signer().signature(text), 65)),
            text + "\n" + log.signer().signatureLine("go.sum database tree\n"),
            text
                + "\n"
                + stranger.signatureLine(text).repeat(1000)
                + log.signer().signatureLine(text))) {
      log.lie(FakeLog.lookupPath(WANTED), bytes(start + note));
      assertRefused(log, "");
    }
    String both = stranger.signatureLine(text) + log.signer().signatureLine(text);
    log.lie(FakeLog.lookupPath(WANTED), bytes(start + text + "\n" + both));
    Bench.of(log).found(WANTED);
  }

  @Test
  void sizesThatNoLogHas_areRefusedWhateverTheSignature() {
    log.add(WANTED);
    String record = new String(log.lookupBody(300, 301), StandardCharsets.UTF_8);
    String start = record.substring(0, record.indexOf("\n\n") + 2);
    for (String size :
        List.of(
            "-1",
            "00",
            "0301",
            "+301",
            "9223372036854775807",
            "9223372036854775808",
            "4611686018427387904",
            "1e3",
            "")) {
      String text = "go.sum database tree\n" + size + "\n" + log.head().root() + "\n";
      String body = start + new String(log.signer().sign(text), StandardCharsets.UTF_8);
      log.lie(FakeLog.lookupPath(WANTED), bytes(body));
      assertRefused(log, "");
    }
    TreeHead huge = new TreeHead(TreeHead.SIZE_BOUND - 1, log.head().root());
    String body = start + new String(log.signer().sign(huge.format()), StandardCharsets.UTF_8);
    log.lie(FakeLog.lookupPath(WANTED), bytes(body));
    Bench bench = Bench.of(log);
    bench.unavailable(WANTED);
    assertEquals(TreeHead.EMPTY, bench.storedHead());
  }

  @Test
  void headOfTheEmptyTree_provesNothingByItself() {
    log.add(WANTED);
    String record = new String(log.lookupBody(300, 301), StandardCharsets.UTF_8);
    String start = record.substring(0, record.indexOf("\n\n") + 2);
    String empty = new String(log.signer().sign(TreeHead.EMPTY.format()), StandardCharsets.UTF_8);
    log.lie(FakeLog.lookupPath(WANTED), bytes(start + empty));
    Bench bench = Bench.of(log);
    bench.refused(WANTED);
    assertEquals(TreeHead.EMPTY, bench.storedHead());
    log.add("test.example/later@v1.0.0");
    bench.found("test.example/later@v1.0.0");
    assertEquals(302, bench.found(WANTED).provenIn().size());
  }

  @Test
  void lyingFirstSource_isLeftForTheHonestSecond() {
    log.add(WANTED);
    liar.addRecord(WANTED, "unrelated line\n");
    liar.lie(FakeLog.lookupPath(WANTED), bytes("<html>"));
    Bench bench = Bench.of(log.key(), liar.as("liar"), log.as("honest"));
    bench.found(WANTED);
    assertEquals(List.of("liar"), bench.events.refuted());

    FakeLog wrongTiles = log.fork();
    wrongTiles.flip(new Tile(8, 0, 1, 1), 3);
    Bench second = Bench.of(log.key(), wrongTiles.as("wrong tiles"), log.as("honest"));
    second.found(WANTED);
    assertEquals(List.of("wrong tiles"), second.events.refuted());

    FakeLog otherRecord = log.fork();
    otherRecord.answerWith(WANTED, OTHER);
    Bench third = Bench.of(log.key(), otherRecord.as("other record"), log.as("honest"));
    third.found(WANTED);
    assertEquals(List.of("other record"), third.events.refuted());
  }

  @Test
  void storedLookup_withALyingFirstSource_isProvenByTheSecond() {
    Bench bench = Bench.of(log);
    bench.found(OTHER);
    bench.store.tiles.clear();
    liar.flip(new Tile(8, 0, 0, 1), 7);
    bench.restarted(liar.as("liar"), log.as("honest")).found(OTHER);
  }

  @Test
  void allSourcesMissing_isNotLogged_butAnyOtherFailureIsNot() {
    FakeLog without = log.fork();
    FakeLog down = log.fork();
    down.down(true);
    liar.lie(FakeLog.lookupPath(WANTED), bytes("<html>"));
    Bench.of(log.key(), log.as("a"), without.as("b")).notLogged(WANTED);
    Bench.of(log.key(), log.as("a"), down.as("b")).unavailable(WANTED);
    Bench.of(log.key(), down.as("a"), log.as("b")).unavailable(WANTED);
    Bench.of(log.key(), liar.as("a"), down.as("b")).unavailable(WANTED);
    Bench.of(log.key()).unavailable(WANTED);
    assertFalse(Bench.of(log.key(), liar.as("a"), log.as("b")).refused(WANTED).fork().isPresent());
    assertFalse(Bench.of(log.key(), log.as("a"), liar.as("b")).refused(WANTED).fork().isPresent());
    log.add(WANTED);
    Bench.of(log.key(), without.as("a"), down.as("b"), liar.as("c"), log.as("d")).found(WANTED);
  }

  private static void assertRefused(FakeLog source, String reason) {
    assertRefusedModule(source, WANTED, reason);
  }

  /** Refused, without a fork, without a lookup saved, and the relay refuses as well. */
  private static void assertRefusedModule(FakeLog source, String module, String reason) {
    Bench bench = Bench.of(source);
    Lookup.Refused refused = bench.refused(module);
    assertEquals(Optional.empty(), refused.fork());
    assertTrue(refused.reason().contains(reason), refused.reason());
    assertEquals(List.of(source.name()), bench.events.refuted());
    assertTrue(bench.store.lookups.isEmpty());
    assertTrue(bench.database.record(Bench.module(module)) instanceof Relayed.Refused, "the relay");
  }

  private static String recordOf(FakeLog forged) {
    String body = new String(forged.lookupBody(0, 1), StandardCharsets.UTF_8);
    return body.substring("0\n".length(), body.indexOf("\n\n") + 1);
  }

  private static byte[] body(FakeLog source, String path) {
    return source.get(path) instanceof LogSource.Answer.Body(byte[] bytes) ? bytes : new byte[0];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
