package dev.modgate.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.oracle.Question;
import dev.modgate.verify.tlog.ConsistencyProof;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.TreeHead;
import java.util.List;
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

  /** What an input asks. */
  private record Case(TreeHead newer, TreeHead older, ConsistencyProof proof) {

    static Case of(byte[] input) {
      Script script = new Script(input);
      int size = 1 + script.below(Trees.RECORDS);
      int old = 1 + script.below(size);
      Hash root = Trees.TREE.head(old).root();
      switch (script.below(3)) {
        case 1 -> root = Trees.TREE.head(script.below(Trees.RECORDS)).root();
        case 2 -> root = Trees.STORED.get(script.below(Trees.STORED.size()));
        default -> {}
      }
      List<Hash> edited = Hashes.edited(proofOf(size, old).hashes(), Trees.STORED, script);
      return new Case(Trees.TREE.head(size), new TreeHead(old, root), new ConsistencyProof(edited));
    }

    boolean isTrue() {
      return older.equals(Trees.TREE.head(older.size()))
          && proof.equals(proofOf(newer.size(), older.size()));
    }
  }

  /** The same, to be put to Go. */
  static Question question(byte[] input) {
    Case asked = Case.of(input);
    return Hashes.question(
        "checktree",
        asked.newer,
        Long.toString(asked.older.size()),
        asked.older.root(),
        asked.proof.hashes());
  }

  private static void check(byte[] input, Check check) {
    Case asked = Case.of(input);
    assertEquals(asked.isTrue(), check.proves(asked.proof, asked.newer, asked.older));
  }
}
