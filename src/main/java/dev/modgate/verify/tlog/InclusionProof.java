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

  /** Copies the list. */
  public InclusionProof {
    hashes = List.copyOf(hashes);
  }

  /**
   * Which stored hashes the proof for a record is made of.
   *
   * @param size records of the tree
   * @param id number of the record, 0 ≤ id &lt; size
   * @return stored hash indexes (see {@link StoredHashIndex}), in the order in which {@link #of}
   *     takes them
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
   * The proof, of the hashes at {@link #indexes} (golang.org/x/mod/sumdb/tlog, ProveRecord).
   *
   * @param size records of the tree
   * @param id number of the record, 0 ≤ id &lt; size
   * @param stored the hashes at {@link #indexes}, in that order
   * @return a proof that holds if the hashes are those of the tree
   * @throws IndexOutOfBoundsException unless 0 ≤ id &lt; size
   * @throws java.util.NoSuchElementException if there are fewer hashes than indexes
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

  /**
   * Whether this proves that a tree has a record (RFC 6962 §2.1.1; golang.org/x/mod/sumdb/tlog,
   * CheckRecord).
   *
   * @param head of the tree
   * @param id number of the record; any number
   * @param record its hash, {@link Hash#ofRecord}
   * @return false also for a number that the tree does not have
   */
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
