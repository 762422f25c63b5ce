package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.modgate.fake.FakeTree;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.Tile;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TileCacheTest {

  private static final Tile WIDE = new Tile(8, 0, 3, 200);
  private static final Tile NARROW = WIDE.withWidth(50);

  private final TileCache cache = new TileCache();
  private final byte[] wide = hashes(200);

  @Test
  void get_narrowerTile_isTheBeginningOfTheOneThatIsHeld() {
    cache.put(WIDE, wide);
    assertSame(wide, cache.get(WIDE).orElseThrow());
    assertArrayEquals(Arrays.copyOf(wide, 50 * Hash.BYTES), cache.get(NARROW).orElseThrow());
  }

  @Test
  void get_widerTileOrAnotherPlace_isEmpty() {
    cache.put(WIDE, wide);
    assertEquals(Optional.empty(), cache.get(WIDE.withWidth(201)));
    assertEquals(Optional.empty(), cache.get(new Tile(8, 0, 4, 200)));
    assertEquals(Optional.empty(), cache.get(new Tile(8, 1, 3, 200)));
  }

  @Test
  void put_inEitherOrder_keepsTheWiderTile() {
    cache.put(WIDE, wide);
    cache.put(NARROW, hashes(50));
    assertSame(wide, cache.get(WIDE).orElseThrow());
    TileCache other = new TileCache();
    other.put(NARROW, hashes(50));
    other.put(WIDE, wide);
    assertSame(wide, other.get(WIDE).orElseThrow());
  }

  @Test
  void put_moreThanItsCapacity_forgetsTheFirst() {
    for (int number = 0; number <= TileCache.CAPACITY; number++) {
      cache.put(new Tile(8, 0, number, 1), hashes(1));
    }
    assertEquals(Optional.empty(), cache.get(new Tile(8, 0, 0, 1)));
    assertArrayEquals(hashes(1), cache.get(new Tile(8, 0, 1, 1)).orElseThrow());
  }

  private static byte[] hashes(int width) {
    FakeTree tree = new FakeTree();
    for (int i = 0; i < width; i++) {
      tree.add(Hash.ofRecord(new byte[] {(byte) i}));
    }
    return tree.tile(new Tile(8, 0, 0, width));
  }
}
