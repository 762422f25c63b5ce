package dev.modgate.verify.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TileTest {

  @Test
  void path_ofEachForm_isReadBack() {
    assertPath("tile/8/0/000", new Tile(8, 0, 0, 256));
    assertPath("tile/8/0/000.p/1", new Tile(8, 0, 0, 1));
    assertPath("tile/8/0/999.p/255", new Tile(8, 0, 999, 255));
    assertPath("tile/8/1/x001/000", new Tile(8, 1, 1000, 256));
    assertPath("tile/3/4/x001/x234/067.p/1", new Tile(3, 4, 1_234_067, 1));
    assertPath("tile/3/4/x001/x234/067", new Tile(3, 4, 1_234_067, 8));
    assertPath("tile/1/0/x003/x057/500", new Tile(1, 0, 3_057_500, 2));
    assertPath("tile/8/data/x273/278.p/104", new Tile(8, Tile.DATA, 273_278, 104));
    assertPath("tile/30/62/000.p/1073741823", new Tile(30, 62, 0, (1 << 30) - 1));
    assertPath("tile/8/0/x009/x223/x372/x036/x854/x775/807", new Tile(8, 0, Long.MAX_VALUE, 256));
  }

  @Test
  void parse_anythingElse_isRefused() {
    for (String path :
        List.of(
            "",
            "tile",
            "tile/8",
            "tile/8/0",
            "tile/8/0/",
            "/tile/8/0/000",
            "tile/8/0/000/",
            "tiles/8/0/000",
            "tile/0/0/000",
            "tile/31/0/000",
            "tile/08/0/000",
            "tile/+8/0/000",
            "tile/-8/0/000",
            "tile/８/0/000",
            "tile/8/-1/000",
            "tile/8/00/000",
            "tile/8/63/000",
            "tile/8/DATA/000",
            "tile/8/0/0",
            "tile/8/0/00",
            "tile/8/0/0000",
            "tile/8/0/1000",
            "tile/8/0/x000",
            "tile/8/0/x000/000",
            "tile/8/0/001/000",
            "tile/8/0/X001/000",
            "tile/8/0/x001/x000",
            "tile/8/0/x01/000",
            "tile/8/0/+00",
            "tile/8/0/-01",
            "tile/8/0/000.p",
            "tile/8/0/000.p/",
            "tile/8/0/000.p/0",
            "tile/8/0/000.p/01",
            "tile/8/0/000.p/-1",
            "tile/8/0/000.p/256",
            "tile/8/0/000.p/257",
            "tile/8/0/000.p/4294967297",
            "tile/8/0/000.p/1/2",
            "tile/8/0/000.q/1",
            "tile/8/0/.p/1",
            "tile/8/.p/1",
            "tile/8/0.p/1",
            "tile/8/0/x009/x223/x372/x036/x854/x775/808",
            "tile/8/0/x001/x009/x223/x372/x036/x854/x775/807",
            "tile/8/0/../0/000",
            "tile/8/0/000?",
            "tile/8/0/000\n")) {
      assertFalse(Tile.parse(path).isValid(), path);
    }
  }

  @Test
  void tile_outOfRange_isABug() {
    assertThrows(IllegalArgumentException.class, () -> new Tile(0, 0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Tile(31, 0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Tile(8, -2, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Tile(8, 63, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Tile(8, 0, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Tile(8, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Tile(8, 0, 0, 257));
  }

  @Test
  void storedHashIndex_ofEveryNode_isDenseAndInvertible() {
    long expected = 0;
    for (long record = 0; record < 1000; record++) {
      for (int level = 0; level == 0 || (record >> (level - 1) & 1) == 1; level++) {
        StoredHashIndex.Node node = new StoredHashIndex.Node(level, record >> level);
        assertEquals(expected, StoredHashIndex.of(node.level(), node.n()));
        assertEquals(node, StoredHashIndex.split(expected));
        expected++;
      }
      assertEquals(expected, StoredHashIndex.count(record + 1));
    }
  }

  @Test
  void storedHashIndex_atTheLargestSize_doesNotOverflow() {
    long last = TreeHead.SIZE_BOUND - 1;
    assertEquals(new StoredHashIndex.Node(0, last), split(StoredHashIndex.of(0, last)));
    assertEquals(new StoredHashIndex.Node(61, 1), split(StoredHashIndex.of(61, 1)));
    assertEquals(62, TreeRoot.indexes(last).length);
    for (long index : TreeRoot.indexes(last)) {
      assertTrue(Tile.holding(8, index).in(last).isPresent());
    }
  }

  @Test
  void hashAt_everyNodeOfATree_isTheStoredHash() {
    FakeTree tree = tree(300);
    for (int height : List.of(1, 2, 3, 8)) {
      for (long index = 0; index < StoredHashIndex.count(300); index++) {
        Tile narrowest = Tile.holding(height, index);
        assertEquals(tree.stored(index), narrowest.hashAt(tree.tile(narrowest), index));
        Tile widest = narrowest.in(300).orElseThrow();
        assertEquals(tree.stored(index), widest.hashAt(tree.tile(widest), index));
      }
    }
  }

  @Test
  void hashAt_nodeOfAnotherTile_isABug() {
    byte[] data = new byte[32 * 256];
    assertThrows(
        IllegalArgumentException.class,
        () -> new Tile(8, 0, 0, 256).hashAt(data, StoredHashIndex.of(0, 256)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Tile(8, 0, 0, 3).hashAt(data, StoredHashIndex.of(0, 3)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Tile(8, 0, 0, 256).hashAt(data, StoredHashIndex.of(8, 0)));
  }

  @Test
  void in_aTree_isAsWideAsTheTree() {
    assertEquals(Optional.of(new Tile(8, 0, 0, 256)), new Tile(8, 0, 0, 1).in(256));
    assertEquals(Optional.of(new Tile(8, 0, 1, 44)), new Tile(8, 0, 1, 256).in(300));
    assertEquals(Optional.empty(), new Tile(8, 0, 1, 1).in(256));
    assertEquals(Optional.of(new Tile(8, 1, 0, 1)), new Tile(8, 1, 0, 256).in(300));
    assertEquals(Optional.empty(), new Tile(8, 2, 0, 1).in(300));
    assertEquals(Optional.empty(), new Tile(8, 0, Long.MAX_VALUE, 1).in(300));
    assertEquals(Optional.empty(), new Tile(8, 62, Long.MAX_VALUE, 1).in(300));
    assertEquals(Optional.empty(), new Tile(8, 62, 0, 1).in(TreeHead.SIZE_BOUND - 1));
    assertEquals(Optional.empty(), new Tile(8, Tile.DATA, 0, 1).in(300));
    assertEquals(Optional.empty(), new Tile(8, 0, 0, 1).in(0));
  }

  @Test
  void full_ofAnyWidth_hasAllHashes() {
    Tile tile = new Tile(8, 1, 7, 3);
    assertEquals(new Tile(8, 1, 7, 256), tile.full());
    assertEquals(new Tile(8, 1, 7, 200), tile.withWidth(200));
    assertTrue(tile.full().isFull());
    assertFalse(tile.withWidth(255).isFull());
  }

  @Test
  void treeHead_formatted_isReadBack() {
    TreeHead head = tree(7).head(7);
    assertEquals(head, TreeHead.parse(head.format()).orThrow());
    assertEquals(head, TreeHead.parse(head.format() + "later line\n\nand more").orThrow());
    assertEquals(TreeHead.EMPTY, TreeHead.parse(TreeHead.EMPTY.format()).orThrow());
    TreeHead largest = new TreeHead((1L << 62) - 1, head.root());
    assertEquals(largest, TreeHead.parse(largest.format()).orThrow());
  }

  @Test
  void treeHead_malformed_isRefused() {
    String root = Hash.OF_EMPTY_TREE.toString();
    for (String size :
        List.of(
            "",
            "-1",
            "+1",
            "01",
            "00",
            "1 ",
            "１",
            "0x1",
            "4611686018427387904",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551617",
            "99999999999999999999999999")) {
      assertFalse(head("go.sum database tree", size, root), size);
    }
    assertTrue(head("go.sum database tree", "1", root));
    assertFalse(head("go.sum database tree v2", "1", root));
    assertFalse(head("go.sum database tree!", "1", root));
    assertFalse(head("go.sum database tree", "1", root.replace("=", "")));
    assertFalse(head("go.sum database tree", "1", root + "AAAA"));
    assertFalse(head("go.sum database tree", "1", "AAAA"));
    assertFalse(head("go.sum database tree", "1", ""));
    assertFalse(TreeHead.parse("go.sum database tree\n1\n" + root).isValid());
    assertFalse(TreeHead.parse("go.sum database tree\n1").isValid());
    assertFalse(TreeHead.parse("go.sum database tree\n").isValid());
    String longest =
        TreeHead.EMPTY.format()
            + "x".repeat(TreeHead.MAX_CHARACTERS - TreeHead.EMPTY.format().length());
    assertTrue(TreeHead.parse(longest).isValid());
    assertFalse(TreeHead.parse(longest + "x").isValid());
  }

  @Test
  void logRecord_formatted_isReadBack() {
    LogRecord record = new LogRecord(123, "example.test/m v1.0.0 h1:x\nsecond\n");
    LogRecord.Split split = LogRecord.parse(bytes(record.format() + "note\n\nmore")).orThrow();
    assertEquals(record, split.record());
    assertEquals("note\n\nmore", split.rest());
    assertEquals(Hash.ofRecord(bytes(record.text())), record.hash());
    assertEquals("", LogRecord.parse(bytes("0\ntext\n\n")).orThrow().rest());
  }

  @Test
  void logRecord_malformed_isRefused() {
    for (String message :
        List.of(
            "",
            "\n",
            "\n\n",
            "1",
            "1\n",
            "1\n\n",
            "1\n\n\n",
            "1\n\ntext\n\n",
            "1\ntext",
            "1\ntext\n",
            "\ntext\n\n",
            "-1\ntext\n\n",
            "+1\ntext\n\n",
            "01\ntext\n\n",
            " 1\ntext\n\n",
            "1 \ntext\n\n",
            "x\ntext\n\n",
            "4611686018427387904\ntext\n\n",
            "9223372036854775808\ntext\n\n",
            "1\r\ntext\n\n",
            "1\nte\0xt\n\n",
            "1\nte\txt\n\n",
            "1\ntext\n\nnote\0")) {
      assertFalse(LogRecord.parse(bytes(message)).isValid(), message);
    }
    assertFalse(
        LogRecord.parse("1\nte\u00ffxt\n\n".getBytes(StandardCharsets.ISO_8859_1)).isValid());
  }

  @Test
  void hash_ofKnownInputs_isAsInRfc6962() {
    assertEquals("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Hash.OF_EMPTY_TREE.toString());
    // SHA-256 of one zero byte.
    assertEquals(
        "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=", Hash.ofRecord(new byte[0]).toString());
    Hash hash = Hash.ofRecord(bytes("x"));
    assertEquals(hash, Hash.parse(hash.toString()).orThrow());
    assertEquals(hash, Hash.copyOf(hash.toBytes(), 0));
    assertThrows(IndexOutOfBoundsException.class, () -> Hash.copyOf(new byte[32], 1));
    assertArrayEquals(hash.toBytes(), hash.toBytes());
  }

  private static StoredHashIndex.Node split(long index) {
    return StoredHashIndex.split(index);
  }

  private static boolean head(String firstLine, String size, String root) {
    return TreeHead.parse(firstLine + "\n" + size + "\n" + root + "\n").isValid();
  }

  private static void assertPath(String path, Tile tile) {
    assertEquals(path, tile.path());
    assertEquals(tile, Tile.parse(path).orThrow());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static FakeTree tree(int size) {
    FakeTree tree = new FakeTree();
    for (int i = 0; i < size; i++) {
      tree.add(Hash.ofRecord(bytes("record " + i + "\n")));
    }
    return tree;
  }
}
