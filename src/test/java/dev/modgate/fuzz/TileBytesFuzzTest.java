package dev.modgate.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.verify.tlog.HashesRead;
import dev.modgate.verify.tlog.StoredHashIndex;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TileHashReader;
import dev.modgate.verify.tlog.TileReader;
import dev.modgate.verify.tlog.TreeHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tiles are proven whole, or not at all. An input is the height of the tiles, the size of the tree,
 * two nodes, and edits of what the reader is given: bits flipped, bytes cut off or put behind, a
 * tile given for another.
 */
final class TileBytesFuzzTest {

  /** As {@link TileHashReader#read}. */
  private interface Reading {
    HashesRead read(TreeHead head, int height, TileReader tiles, long... indexes);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        new byte[] {},
        new byte[] {1, 69, 0, 3, 0, 70},
        new byte[] {0, 99, 0, 3, 0, 70},
        new byte[] {1, 69, 0, 3, 0, 70, 2, 0, 0, 9},
        new byte[] {1, 69, 0, 3, 0, 70, 0, 1, 1},
        new byte[] {1, 69, 0, 3, 0, 70, 1, 2, 1},
        new byte[] {1, 69, 0, 3, 0, 70, 1, 3, 1, 0},
        new byte[] {7, 99, 0, 120, 0, 7, 0, 0, 0, 31});
  }

  @MethodSource("seeds")
  @FuzzTest
  void tiles(byte[] input) {
    check(
        input,
        (head, height, tiles, indexes) -> new TileHashReader(head, height, tiles).read(indexes));
  }

  @Test
  void flippedBit_takenByAReaderThatComparesNothing_isFound() {
    byte[] flip = {1, 69, 0, 3, 0, 70, 2, 0, 0, 9};
    assertThrows(AssertionError.class, () -> check(flip, TileBytesFuzzTest::withoutComparing));
  }

  @Test
  void longTile_takenByAReaderThatComparesNothing_isFound() {
    byte[] longer = {1, 69, 0, 3, 0, 70, 1, 2, 1};
    assertThrows(AssertionError.class, () -> check(longer, TileBytesFuzzTest::withoutComparing));
  }

  private static HashesRead withoutComparing(
      TreeHead head, int height, TileReader tiles, long... indexes) {
    List<Tile> wanted = new ArrayList<>();
    TileReader honest =
        all -> {
          wanted.addAll(all);
          return honest(all);
        };
    HashesRead.Proven read =
        (HashesRead.Proven) new TileHashReader(head, height, honest).read(indexes);
    TileReader.TilesRead.Tiles given = (TileReader.TilesRead.Tiles) tiles.read(wanted);
    Map<Tile, byte[]> unproven = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      unproven.put(wanted.get(i), given.data().get(i));
    }
    return new HashesRead.Proven(read.hashes(), unproven);
  }

  private static void check(byte[] input, Reading reading) {
    Script script = new Script(input);
    int height = 1 + script.below(8);
    int size = 1 + script.below(Trees.RECORDS);
    long bound = StoredHashIndex.count(size);
    long[] indexes = {script.below(65_536) % bound, script.below(65_536) % bound};
    Lie lie = new Lie(script);
    switch (reading.read(Trees.TREE.head(size), height, lie, indexes)) {
      case HashesRead.Proven(var hashes, Map<Tile, byte[]> tiles) -> {
        assertEquals(Trees.TREE.stored(indexes), hashes);
        tiles.forEach((tile, data) -> assertArrayEquals(Trees.TREE.tile(tile), data, tile::path));
      }
      case HashesRead.Inconsistent(String reason) -> {
        Reasons.check(reason);
        assertEquals(true, lie.told, "what is honest is taken");
      }
      case HashesRead.Unavailable(String reason) -> throw new AssertionError(reason);
    }
    assertInstanceOf(
        HashesRead.Proven.class,
        reading.read(Trees.TREE.head(size), height, TileBytesFuzzTest::honest, indexes));
  }

  private static TileReader.TilesRead honest(List<Tile> tiles) {
    return new TileReader.TilesRead.Tiles(tiles.stream().map(Trees.TREE::tile).toList());
  }

  /** What a script makes of the honest tiles. */
  private static final class Lie implements TileReader {

    private final Script script;
    private boolean told;

    Lie(Script script) {
      this.script = script;
    }

    @Override
    public TilesRead read(List<Tile> tiles) {
      List<byte[]> data = new ArrayList<>(tiles.stream().map(Trees.TREE::tile).toList());
      while (!script.isAtEnd()) {
        int at = script.below(data.size());
        data.set(at, edited(data, at));
      }
      for (int i = 0; i < data.size(); i++) {
        told |= !Arrays.equals(data.get(i), Trees.TREE.tile(tiles.get(i)));
      }
      return new TilesRead.Tiles(data);
    }

    private byte[] edited(List<byte[]> data, int at) {
      byte[] tile = data.get(at).clone();
      return switch (script.below(4)) {
        case 0 -> {
          if (tile.length > 0) {
            tile[script.below(65_536) % tile.length] ^= (byte) (1 << script.below(8));
          }
          yield tile;
        }
        case 1 -> Arrays.copyOf(tile, Math.max(0, tile.length - script.next()));
        case 2 -> Arrays.copyOf(tile, tile.length + script.next());
        default -> data.get(script.below(data.size())).clone();
      };
    }
  }
}
