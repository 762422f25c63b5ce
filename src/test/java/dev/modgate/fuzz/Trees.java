package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.fake.FakeTree;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.StoredHashIndex;
import java.util.List;
import java.util.stream.IntStream;

/** A log of a hundred records, to every size of which there is a true head. */
final class Trees {

  static final int RECORDS = 100;

  static final FakeTree TREE = tree();

  /** All hashes that the tree stores. */
  static final List<Hash> STORED =
      IntStream.range(0, Math.toIntExact(StoredHashIndex.count(RECORDS)))
          .mapToObj(TREE::stored)
          .toList();

  private Trees() {}

  /** The hash of a record. */
  static Hash record(long id) {
    return TREE.stored(StoredHashIndex.of(0, id));
  }

  private static FakeTree tree() {
    FakeTree tree = new FakeTree();
    for (int i = 0; i < RECORDS; i++) {
      tree.add(Hash.ofRecord(("record " + i + "\n").getBytes(UTF_8)));
    }
    return tree;
  }
}
