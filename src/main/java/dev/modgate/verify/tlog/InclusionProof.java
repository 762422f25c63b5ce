package dev.modgate.verify.tlog;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Evidence that a tree has a record (RFC 6962 §2.1.1, "Merkle audit path").
 *
 * @param hashes the siblings on the way from the record up to the root
 */
public record InclusionProof(List<Hash> hashes) {

  public InclusionProof {
    hashes = List.copyOf(hashes);
  }

  /**
   * The stored hashes that the proof for a record is made of.
   *
   * @throws IndexOutOfBoundsException unless 0 ≤ id &lt; size
   */
  public static long[] indexes(long size, long id) {
    Objects.checkIndex(id, size);
    LongStream.Builder need = LongStream.builder();
    indexes(0, size, id, need);
    return need.build().toArray();
  }

  private static void indexes(long lo, long hi, long id, LongStream.Builder need) {
    if (lo + 1 == hi) {
      return;
    }
    long middle = lo + Subtrees.left(hi - lo);
    if (id < middle) {
      indexes(lo, middle, id, need);
      Subtrees.indexes(middle, hi, need);
    } else {
      Subtrees.indexes(lo, middle, need);
      indexes(middle, hi, id, need);
    }
  }

  /**
   * The proof, of the hashes at {@link #indexes}, in that order.
   *
   * @throws IndexOutOfBoundsException unless 0 ≤ id &lt; size
   */
  public static InclusionProof of(long size, long id, List<Hash> stored) {
    Objects.checkIndex(id, size);
    List<Hash> siblings = new ArrayList<>();
    collect(0, size, id, stored.iterator(), siblings);
    return new InclusionProof(siblings);
  }

  private static void collect(
      long lo, long hi, long id, Iterator<Hash> stored, List<Hash> siblings) {
    if (lo + 1 == hi) {
      return;
    }
    long middle = lo + Subtrees.left(hi - lo);
    if (id < middle) {
      collect(lo, middle, id, stored, siblings);
      siblings.add(Subtrees.root(middle, hi, stored));
    } else {
      Hash left = Subtrees.root(lo, middle, stored);
      collect(middle, hi, id, stored, siblings);
      siblings.add(left);
    }
  }

  /** True if this proves that record {@code id} of the tree has the hash {@code record}. */
  public boolean proves(TreeHead head, long id, Hash record) {
    return id >= 0
        && id < head.size()
        && root(0, head.size(), id, record, hashes.size()).filter(head.root()::equals).isPresent();
  }

  /**
   * The root of [lo, hi) that the first {@code count} hashes imply; empty if there are too many or
   * too few.
   */
  private Optional<Hash> root(long lo, long hi, long id, Hash record, int count) {
    if (lo + 1 == hi) {
      return count == 0 ? Optional.of(record) : Optional.empty();
    }
    if (count == 0) {
      return Optional.empty();
    }
    Hash sibling = hashes.get(count - 1);
    long middle = lo + Subtrees.left(hi - lo);
    return id < middle
        ? root(lo, middle, id, record, count - 1).map(hash -> Hash.ofNode(hash, sibling))
        : root(middle, hi, id, record, count - 1).map(hash -> Hash.ofNode(sibling, hash));
  }
}
