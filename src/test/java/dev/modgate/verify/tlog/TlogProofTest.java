package dev.modgate.verify.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlogProofTest {

  private static final int SIZE = 300;

  /** Of the sizes from 10 on, one in so many is tried: all of them, unless the run is repeated. */
  private static final int STEP = Integer.getInteger("modgate.sweep.step", 1);

  private final FakeTree tree = TileTest.tree(SIZE);

  private static int[] sizes(int largest) {
    return IntStream.rangeClosed(1, largest).filter(n -> n < 10 || n % STEP == 0).toArray();
  }

  @Test
  void treeRoot_ofEverySize_isTheMerkleTreeHash() {
    for (int size = 0; size <= SIZE; size++) {
      assertEquals(merkleTreeHash(0, size), tree.head(size).root());
    }
  }

  /** RFC 6962 §2.1, word for word. */
  private Hash merkleTreeHash(long from, long to) {
    if (from == to) {
      return Hash.OF_EMPTY_TREE;
    }
    if (from + 1 == to) {
      return tree.stored(StoredHashIndex.of(0, from));
    }
    long k = 1;
    while (2 * k < to - from) {
      k *= 2;
    }
    return Hash.ofNode(merkleTreeHash(from, from + k), merkleTreeHash(from + k, to));
  }

  @Test
  void inclusionProof_ofEveryRecord_provesItAndNothingElse() {
    for (int size : sizes(70)) {
      TreeHead head = tree.head(size);
      for (int id = 0; id < size; id++) {
        InclusionProof proof = inclusion(size, id);
        Hash record = tree.stored(StoredHashIndex.of(0, id));
        assertTrue(proof.proves(head, id, record));
        assertFalse(proof.proves(head, id, tree.head(SIZE).root()));
        assertFalse(proof.proves(tree.head(size + 1), id, record));
        assertFalse(proof.proves(head, size, record));
        assertFalse(proof.proves(head, -1, record));
        for (List<Hash> wrong : mutations(proof.hashes())) {
          assertFalse(new InclusionProof(wrong).proves(head, id, record));
        }
      }
    }
  }

  @Test
  void consistencyProof_ofEveryPrefix_provesItAndNothingElse() {
    for (int size : sizes(70)) {
      TreeHead newer = tree.head(size);
      for (int old = 1; old <= size; old++) {
        TreeHead older = tree.head(old);
        ConsistencyProof proof = consistency(size, old);
        assertTrue(proof.proves(newer, older));
        assertFalse(proof.proves(newer, new TreeHead(old, Hash.OF_EMPTY_TREE)));
        assertFalse(proof.proves(new TreeHead(size, Hash.OF_EMPTY_TREE), older));
        assertEquals(old == size, proof.proves(older, newer));
        for (List<Hash> wrong : mutations(proof.hashes())) {
          assertFalse(new ConsistencyProof(wrong).proves(newer, older));
        }
      }
    }
  }

  @Test
  void proofs_outsideTheTree_areBugsWhenMadeAndRefusedWhenChecked() {
    assertThrows(IndexOutOfBoundsException.class, () -> InclusionProof.indexes(5, 5));
    assertThrows(IndexOutOfBoundsException.class, () -> InclusionProof.indexes(5, -1));
    assertThrows(IllegalArgumentException.class, () -> ConsistencyProof.indexes(5, 6));
    assertThrows(IllegalArgumentException.class, () -> ConsistencyProof.indexes(5, 0));
    assertThrows(IllegalArgumentException.class, () -> ConsistencyProof.of(5, 6, List.of()));
    assertThrows(IndexOutOfBoundsException.class, () -> InclusionProof.of(5, 5, List.of()));
    ConsistencyProof empty = new ConsistencyProof(List.of());
    assertFalse(empty.proves(tree.head(5), TreeHead.EMPTY));
    assertFalse(empty.proves(TreeHead.EMPTY, TreeHead.EMPTY));
  }

  @Test
  void proofs_atTheLargestSize_areFinite() {
    long size = TreeHead.SIZE_BOUND - 1;
    Hash any = Hash.OF_EMPTY_TREE;
    TreeHead head = new TreeHead(size, any);
    for (int length : List.of(0, 1, 61, 62, 63, 5000)) {
      List<Hash> hashes = Collections.nCopies(length, any);
      assertFalse(new InclusionProof(hashes).proves(head, size - 1, any));
      assertFalse(new ConsistencyProof(hashes).proves(head, new TreeHead(size / 3, any)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void tileHashReader_everyIndexOfEveryTree_isProven(int height) {
    for (int size : IntStream.of(sizes(SIZE)).filter(n -> n < 70 || n % 23 == 0).toArray()) {
      long[] all = LongStream.range(0, StoredHashIndex.count(size)).toArray();
      HashesRead.Proven proven =
          assertInstanceOf(HashesRead.Proven.class, reader(size, height, Map.of()).read(all));
      assertEquals(tree.stored(all), proven.hashes());
      assertEquals(Set.copyOf(FakeTree.tiles(height, size)), proven.tiles().keySet());
      for (long index : all) {
        HashesRead one = reader(size, height, Map.of()).read(index);
        assertEquals(
            List.of(tree.stored(index)), assertInstanceOf(HashesRead.Proven.class, one).hashes());
      }
    }
  }

  /** CVE-2026-56865: no hash of any tile goes unchecked, and nothing of such a read is kept. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void tileHashReader_anyHashOfAnyTileFlipped_isInconsistent(int height) {
    int flips = 0;
    for (int size : sizes(SIZE)) {
      for (Tile tile : FakeTree.tiles(height, size)) {
        long index = StoredHashIndex.of(tile.level() * height, tile.number() << height);
        byte[] data = tree.tile(tile);
        assertInstanceOf(HashesRead.Proven.class, reader(size, height, Map.of()).read(index));
        for (int at = flips % 32; at < data.length; at += Hash.BYTES) {
          data[at] ^= 1;
          assertInstanceOf(
              HashesRead.Inconsistent.class, reader(size, height, Map.of(tile, data)).read(index));
          data[at] ^= 1;
          flips++;
        }
      }
    }
    assertTrue(flips > SIZE * SIZE / (2 * STEP), "flipped " + flips);
  }

  /** The forgery of CVE-2026-56865: root tiles that share a tile, and a forged leaf below them. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void tileHashReader_forgedLeafBelowSharedRootTile_isInconsistent(int height) {
    for (int size : sizes(SIZE)) {
      for (int id : List.of(0, size / 2, size - 1)) {
        long index = StoredHashIndex.of(0, id);
        Tile tile = Tile.holding(height, index).in(size).orElseThrow();
        byte[] data = tree.tile(tile);
        int at = Math.toIntExact(id - (tile.number() << height)) * Hash.BYTES;
        System.arraycopy(Hash.ofRecord(new byte[] {1}).toBytes(), 0, data, at, Hash.BYTES);
        assertInstanceOf(
            HashesRead.Inconsistent.class, reader(size, height, Map.of(tile, data)).read(index));
      }
    }
  }

  @Test
  void tileHashReader_tileOfAnotherLength_isInconsistent() {
    long index = StoredHashIndex.of(0, 0);
    for (Tile tile : FakeTree.tiles(8, SIZE)) {
      for (int length : List.of(0, 31, 32 * tile.width() - 1, 32 * tile.width() + 32)) {
        byte[] data = Arrays.copyOf(tree.tile(tile), length);
        assertInstanceOf(
            HashesRead.Inconsistent.class, reader(SIZE, 8, Map.of(tile, data)).read(index));
      }
    }
  }

  @Test
  void tileHashReader_withoutIndexes_provesTheTilesOfTheRoot() {
    HashesRead.Proven proven =
        assertInstanceOf(HashesRead.Proven.class, reader(SIZE, 8, Map.of()).read());
    assertEquals(2, proven.tiles().size());
    assertInstanceOf(
        HashesRead.Proven.class, new TileHashReader(TreeHead.EMPTY, 8, noTiles()).read());
    TreeHead untrue = new TreeHead(0, tree.head(1).root());
    assertInstanceOf(
        HashesRead.Inconsistent.class, new TileHashReader(untrue, 8, noTiles()).read());
  }

  @Test
  void tileHashReader_indexOutsideTheTree_isABug() {
    long beyond = StoredHashIndex.count(SIZE);
    TileHashReader reader = reader(SIZE, 8, Map.of());
    assertThrows(IllegalArgumentException.class, () -> reader.read(beyond));
    assertThrows(IllegalArgumentException.class, () -> reader.read(-1));
  }

  @Test
  void tileHashReader_tilesNotToBeHad_isUnavailable() {
    assertEquals(
        new HashesRead.Unavailable("no tiles"),
        new TileHashReader(tree.head(SIZE), 8, noTiles()).read(0));
  }

  @Test
  void tileHashReader_ofTheLargestTree_asksForFewTiles() {
    List<Tile> asked = new ArrayList<>();
    TileReader recording =
        tiles -> {
          asked.addAll(tiles);
          return new TileReader.TilesRead.Unavailable("recorded");
        };
    TreeHead head = new TreeHead(TreeHead.SIZE_BOUND - 1, Hash.OF_EMPTY_TREE);
    new TileHashReader(head, 8, recording).read(0);
    assertTrue(asked.size() < 20, asked.size() + " tiles");
  }

  private static TileReader noTiles() {
    return tiles -> new TileReader.TilesRead.Unavailable("no tiles");
  }

  private TileHashReader reader(int size, int height, Map<Tile, byte[]> lies) {
    Map<Tile, byte[]> cache = honest.computeIfAbsent(height, h -> new HashMap<>());
    TileReader tiles =
        wanted ->
            new TileReader.TilesRead.Tiles(
                wanted.stream()
                    .map(tile ->
                        lies.containsKey(tile)
                            ? lies.get(tile)
                            : cache.computeIfAbsent(tile, tree::tile))
                    .toList());
    return new TileHashReader(heads.computeIfAbsent(size, tree::head), height, tiles);
  }

  private final Map<Integer, Map<Tile, byte[]>> honest = new HashMap<>();
  private final Map<Integer, TreeHead> heads = new HashMap<>();

  private InclusionProof inclusion(long size, long id) {
    return InclusionProof.of(size, id, tree.stored(InclusionProof.indexes(size, id)));
  }

  private ConsistencyProof consistency(long size, long old) {
    return ConsistencyProof.of(size, old, tree.stored(ConsistencyProof.indexes(size, old)));
  }

  /** One hash changed, one left out, one too many. */
  private List<List<Hash>> mutations(List<Hash> hashes) {
    List<List<Hash>> mutations = new ArrayList<>();
    IntStream.range(0, hashes.size())
        .forEach(i -> {
          List<Hash> changed = new ArrayList<>(hashes);
          changed.set(i, Hash.OF_EMPTY_TREE);
          mutations.add(changed);
          List<Hash> shorter = new ArrayList<>(hashes);
          shorter.remove(i);
          mutations.add(shorter);
        });
    List<Hash> longer = new ArrayList<>(hashes);
    longer.add(tree.stored(0));
    mutations.add(longer);
    return mutations;
  }
}
