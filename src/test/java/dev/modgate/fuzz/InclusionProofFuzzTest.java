package dev.modgate.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.oracle.Question;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.InclusionProof;
import dev.modgate.verify.tlog.TreeHead;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A head has one record at each place, and one proof of it. An input is a size, a number, another
 * number, a hash, and edits of the true proof; without edits it is the true proof.
 */
final class InclusionProofFuzzTest {

  /** As {@link InclusionProof#proves}. */
  private interface Check {
    boolean proves(InclusionProof proof, TreeHead head, long id, Hash record);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        new byte[] {},
        new byte[] {69, 3},
        new byte[] {99, 99},
        new byte[] {63, 0, 1, 0},
        new byte[] {62, 61, 62, 61, 1, 0, 7},
        new byte[] {5, 4, 5, 4, 0, 1},
        new byte[] {9, 3, 4, 3, 4, 0, 7},
        new byte[] {12, 8, 9, 8, 0, 2, 5});
  }

  @MethodSource("seeds")
  @FuzzTest
  void proof(byte[] input) {
    check(input, InclusionProof::proves);
  }

  @Test
  void anyProof_takenByABrokenCheck_isFound() {
    assertThrows(AssertionError.class, () -> check(new byte[] {9, 3, 4, 5}, (p, h, i, r) -> true));
  }

  @Test
  void surplusHashes_takenByABrokenCheck_areFound() {
    byte[] oneMore = {9, 3, 4, 3, 4, 0, 7};
    Check lax =
        (proof, head, id, record) -> {
          int needed = proofOf(head.size(), id).hashes().size();
          List<Hash> first = proof.hashes().subList(0, Math.min(needed, proof.hashes().size()));
          return new InclusionProof(first).proves(head, id, record);
        };
    assertThrows(AssertionError.class, () -> check(oneMore, lax));
  }

  private static InclusionProof proofOf(long size, long id) {
    return InclusionProof.of(size, id, Trees.TREE.stored(InclusionProof.indexes(size, id)));
  }

  /** What an input asks. */
  private record Case(TreeHead head, long claimed, Hash record, InclusionProof proof) {

    static Case of(byte[] input) {
      Script script = new Script(input);
      int size = 1 + script.below(Trees.RECORDS);
      int id = script.below(size);
      boolean untouched = script.isAtEnd();
      long claimed = untouched ? id : script.below(Trees.RECORDS + 2) - 1L;
      Hash record = Trees.record(untouched ? id : script.below(Trees.RECORDS));
      List<Hash> edited = Hashes.edited(proofOf(size, id).hashes(), Trees.STORED, script);
      return new Case(Trees.TREE.head(size), claimed, record, new InclusionProof(edited));
    }

    boolean isTrue() {
      return claimed >= 0
          && claimed < head.size()
          && record.equals(Trees.record(claimed))
          && proof.equals(proofOf(head.size(), claimed));
    }
  }

  /** The same, to be put to Go. */
  static Question question(byte[] input) {
    Case asked = Case.of(input);
    return Hashes.question(
        "checkrecord",
        asked.head,
        Long.toString(asked.claimed),
        asked.record,
        asked.proof.hashes());
  }

  private static void check(byte[] input, Check check) {
    Case asked = Case.of(input);
    assertEquals(
        asked.isTrue(), check.proves(asked.proof, asked.head, asked.claimed, asked.record));
  }
}
