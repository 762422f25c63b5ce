package dev.modgate.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.verify.tlog.ConsistencyProof;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.TreeHead;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A head has one past. An input is two sizes, the older head's root, and edits of the true proof;
 * without edits it is the true proof.
 */
final class ConsistencyProofFuzzTest {

  /** As {@link ConsistencyProof#proves}. */
  private interface Check {
    boolean proves(ConsistencyProof proof, TreeHead newer, TreeHead older);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        new byte[] {},
        new byte[] {69, 63},
        new byte[] {69, 40},
        new byte[] {99, 99},
        new byte[] {63, 31, 1, 31, 0},
        new byte[] {62, 5, 1, 6, 0, 0, 1, 9},
        new byte[] {5, 3, 2, 3, 7, 0, 2, 8});
  }

  @MethodSource("seeds")
  @FuzzTest
  void proof(byte[] input) {
    check(input, ConsistencyProof::proves);
  }

  @Test
  void anotherPast_takenByABrokenCheck_isFound() {
    // The older head is that of another size, and the check looks at the newer root alone.
    Check lax =
        (proof, newer, older) ->
            older.size() <= newer.size() && proof.equals(proofOf(newer.size(), older.size()));
    assertThrows(AssertionError.class, () -> check(new byte[] {69, 40, 1, 7}, lax));
  }

  private static ConsistencyProof proofOf(long size, long old) {
    return ConsistencyProof.of(size, old, Trees.TREE.stored(ConsistencyProof.indexes(size, old)));
  }

  private static void check(byte[] input, Check check) {
    Script script = new Script(input);
    int size = 1 + script.below(Trees.RECORDS);
    int old = 1 + script.below(size);
    TreeHead newer = Trees.TREE.head(size);
    Hash root = Trees.TREE.head(old).root();
    switch (script.below(3)) {
      case 1 -> root = Trees.TREE.head(script.below(Trees.RECORDS)).root();
      case 2 -> root = Trees.STORED.get(script.below(Trees.STORED.size()));
      default -> {}
    }
    TreeHead older = new TreeHead(old, root);
    ConsistencyProof honest = proofOf(size, old);
    ConsistencyProof proof =
        new ConsistencyProof(Hashes.edited(honest.hashes(), Trees.STORED, script));
    boolean isTrue = older.equals(Trees.TREE.head(old)) && proof.equals(honest);
    assertEquals(isTrue, check.proves(proof, newer, older));
  }
}
