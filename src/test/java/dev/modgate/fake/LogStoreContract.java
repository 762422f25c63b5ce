package dev.modgate.fake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Fork;
import dev.modgate.verify.sumdb.LogStore;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of a checksum database must do. */
public interface LogStoreContract {

  /** The store of this test, empty at first. Called again, it is opened as after a restart. */
  LogStore open() throws IOException;

  ModuleVersion LOWER = ModuleVersion.parse("test.example/azure@v1.0.0-rc1").orThrow();
  ModuleVersion UPPER = ModuleVersion.parse("test.example/Azure@v1.0.0-RC1").orThrow();

  @Test
  default void store_new_isEmpty() throws IOException {
    LogStore store = open();
    assertTrue(store.head().isEmpty());
    assertTrue(store.fork().isEmpty());
    assertTrue(store.lookup(LOWER).isEmpty());
    assertTrue(store.tile(new Tile(8, 0, 0, 256)).isEmpty());
    assertFalse(store.holdsLookupsOrTiles());
  }

  @Test
  default void replaceHead_expected_replacesAndSurvives() throws IOException {
    LogStore store = open();
    assertTrue(store.replaceHead(Optional.empty(), bytes("one\n")));
    assertTrue(store.replaceHead(Optional.of(bytes("one\n")), bytes("two\n")));
    assertArrayEquals(bytes("two\n"), store.head().orElseThrow());
    assertArrayEquals(bytes("two\n"), open().head().orElseThrow());
    assertFalse(store.holdsLookupsOrTiles());
  }

  @Test
  default void replaceHead_notExpected_changesNothing() throws IOException {
    LogStore store = open();
    assertFalse(store.replaceHead(Optional.of(bytes("one\n")), bytes("two\n")));
    assertTrue(store.head().isEmpty());
    assertTrue(store.replaceHead(Optional.empty(), bytes("one\n")));
    assertFalse(store.replaceHead(Optional.empty(), bytes("two\n")));
    assertFalse(store.replaceHead(Optional.of(bytes("One\n")), bytes("two\n")));
    assertFalse(store.replaceHead(Optional.of(bytes("one")), bytes("two\n")));
    assertArrayEquals(bytes("one\n"), store.head().orElseThrow());
  }

  @Test
  default void replaceHead_byManyAtOnce_hasOneWinner() throws Exception {
    LogStore store = open();
    assertTrue(store.replaceHead(Optional.empty(), bytes("start\n")));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var races =
          IntStream.range(0, 32)
              .mapToObj(i ->
                  threads.submit(() ->
                      store.replaceHead(
                          Optional.of(bytes("start\n")), bytes("winner " + i + "\n"))))
              .toList();
      long winners = 0;
      for (var race : races) {
        winners += race.get() ? 1 : 0;
      }
      assertEquals(1, winners);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  default void saveLookup_again_replacesAndSurvives() throws IOException {
    LogStore store = open();
    store.saveLookup(LOWER, bytes("lower\n"));
    store.saveLookup(UPPER, bytes("upper\n"));
    store.saveLookup(LOWER, bytes("lower again\n"));
    for (LogStore opened : new LogStore[] {store, open()}) {
      assertArrayEquals(bytes("lower again\n"), opened.lookup(LOWER).orElseThrow());
      assertArrayEquals(bytes("upper\n"), opened.lookup(UPPER).orElseThrow());
      assertTrue(opened.holdsLookupsOrTiles());
    }
  }

  @Test
  default void saveTile_ofEachWidthAndLevel_isKeptApart() throws IOException {
    LogStore store = open();
    Tile full = new Tile(8, 0, 1_234_067, 256);
    Tile partial = full.withWidth(1);
    Tile above = new Tile(8, 1, 1_234_067, 1);
    store.saveTile(partial, hashes(1, 'p'));
    store.saveTile(full, hashes(256, 'o'));
    store.saveTile(full, hashes(256, 'f'));
    store.saveTile(above, hashes(1, 'a'));
    for (LogStore opened : new LogStore[] {store, open()}) {
      assertArrayEquals(hashes(256, 'f'), opened.tile(full).orElseThrow());
      assertArrayEquals(hashes(1, 'p'), opened.tile(partial).orElseThrow());
      assertArrayEquals(hashes(1, 'a'), opened.tile(above).orElseThrow());
      assertTrue(opened.tile(full.withWidth(2)).isEmpty());
      assertTrue(opened.holdsLookupsOrTiles());
    }
  }

  @Test
  default void saveFork_first_staysAndSurvives() throws IOException {
    LogStore store = open();
    Fork first = new Fork("log.test", "mirror", "older\n\n— a b\n", "newer\n\n— a c\n", "proof\n");
    store.saveFork(first);
    store.saveFork(new Fork("log.test", "other", "x\n", "y\n", "z\n"));
    assertEquals(Optional.of(first), store.fork());
    assertEquals(Optional.of(first), open().fork());
  }

  private static byte[] hashes(int count, char content) {
    return String.valueOf(content).repeat(32 * count).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
