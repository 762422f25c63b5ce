package dev.modgate.verify.tlog;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Evidence that one tree begins with all records of a smaller one (RFC 6962 §2.1.2).
 *
 * @param hashes nodes of the larger tree, from the bottom up
 */
public record ConsistencyProof(List<Hash> hashes) {

  /** Copies the list. */
  public ConsistencyProof {
    hashes = List.copyOf(hashes);
  }

  /**
   * Which stored hashes the proof is made of.
   *
   * @param newSize records of the larger tree
   * @param oldSize records of the smaller one, 1 ≤ oldSize ≤ newSize
   * @return stored hash indexes (see {@link StoredHashIndex}), in the order in which {@link #of}
   *     takes them
   * @throws IllegalArgumentException unless 1 ≤ oldSize ≤ newSize
   */
  public static long[] indexes(long newSize, long oldSize) {
    check(newSize, oldSize);
    LongStream.Builder need = LongStream.builder();
    indexes(0, newSize, oldSize, need);
    return need.build().toArray();
  }

  private static void indexes(long lo, long hi, long old, LongStream.Builder need) {
    if (old == hi) {
      if (lo != 0) {
        Subtrees.indexes(lo, hi, need);
      }
      return;
    }
    long middle = lo + Subtrees.left(hi - lo);
    if (old <= middle) {
      indexes(lo, middle, old, need);
      Subtrees.indexes(middle, hi, need);
    } else {
      Subtrees.indexes(lo, middle, need);
      indexes(middle, hi, old, need);
    }
  }

  /**
   * The proof, of the hashes at {@link #indexes} (golang.org/x/mod/sumdb/tlog, ProveTree).
   *
   * @param newSize records of the larger tree
   * @param oldSize records of the smaller one, 1 ≤ oldSize ≤ newSize
   * @param stored the hashes at {@link #indexes}, in that order
   * @return a proof that holds if the hashes are those of the tree
   * @throws IllegalArgumentException unless 1 ≤ oldSize ≤ newSize
   * @throws java.util.NoSuchElementException if there are fewer hashes than indexes
   */
  public static ConsistencyProof of(long newSize, long oldSize, List<Hash> stored) {
    check(newSize, oldSize);
    List<Hash> nodes = new ArrayList<>();
    collect(0, newSize, oldSize, stored.iterator(), nodes);
    return new ConsistencyProof(nodes);
  }

  private static void collect(long lo, long hi, long old, Iterator<Hash> stored, List<Hash> nodes) {
    if (old == hi) {
      if (lo != 0) {
        nodes.add(Subtrees.root(lo, hi, stored));
      }
      return;
    }
    long middle = lo + Subtrees.left(hi - lo);
    if (old <= middle) {
      collect(lo, middle, old, stored, nodes);
      nodes.add(Subtrees.root(middle, hi, stored));
    } else {
      Hash left = Subtrees.root(lo, middle, stored);
      collect(middle, hi, old, stored, nodes);
      nodes.add(left);
    }
  }

  /**
   * Whether this proves that the newer tree begins with the older one (RFC 6962 §2.1.2;
   * golang.org/x/mod/sumdb/tlog, CheckTree).
   *
   * @param newer head of the larger tree
   * @param older head of the smaller one; of an empty tree nothing is proven
   * @return false also for sizes that do not fit
   */
  public boolean proves(TreeHead newer, TreeHead older) {
    if (older.size() < 1 || older.size() > newer.size()) {
      return false;
    }
    return roots(0, newer.size(), older, hashes.size())
        .filter(roots -> roots.older().equals(older.root()))
        .filter(roots -> roots.newer().equals(newer.root()))
        .isPresent();
  }

  /** Both trees' roots of one range of records. */
  private record Roots(Hash older, Hash newer) {}

  /** What the first {@code count} hashes imply; empty if there are too many or too few. */
  private Optional<Roots> roots(long lo, long hi, TreeHead older, int count) {
    if (older.size() == hi) {
      return common(lo, older, count);
    }
    if (count == 0) {
      return Optional.empty();
    }
    Hash node = hashes.get(count - 1);
    long middle = lo + Subtrees.left(hi - lo);
    if (older.size() <= middle) {
      return roots(lo, middle, older, count - 1)
          .map(left -> new Roots(left.older(), Hash.ofNode(left.newer(), node)));
    }
    return roots(middle, hi, older, count - 1)
        .map(
            right -> new Roots(Hash.ofNode(node, right.older()), Hash.ofNode(node, right.newer())));
  }

  /** The range that ends where the older tree ends is the same in both. */
  private Optional<Roots> common(long lo, TreeHead older, int count) {
    if (lo == 0) {
      return count == 0 ? Optional.of(new Roots(older.root(), older.root())) : Optional.empty();
    }
    return count == 1
        ? Optional.of(new Roots(hashes.getFirst(), hashes.getFirst()))
        : Optional.empty();
  }

  private static void check(long newSize, long oldSize) {
    if (oldSize < 1 || oldSize > newSize) {
      throw new IllegalArgumentException("no consistency proof from " + oldSize + " to " + newSize);
    }
  }
}
