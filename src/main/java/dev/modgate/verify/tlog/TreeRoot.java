package dev.modgate.verify.tlog;

import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/** The root of the tree over the first records, out of stored hashes. */
public final class TreeRoot {

  private TreeRoot() {}

  /**
   * Which stored hashes make up the root.
   *
   * @param size number of records, 0 ≤ size &lt; 2^62
   * @return stored hash indexes (see {@link StoredHashIndex}); none for size 0
   */
  public static long[] indexes(long size) {
    LongStream.Builder need = LongStream.builder();
    Subtrees.indexes(0, size, need);
    return need.build().toArray();
  }

  /**
   * The root over the first records (RFC 6962 §2.1; golang.org/x/mod/sumdb/tlog, TreeHash).
   *
   * @param size number of records, 0 ≤ size &lt; 2^62
   * @param hashes those at {@link #indexes}, in that order; further ones are ignored
   * @return the root, as true as the hashes
   * @throws java.util.NoSuchElementException if there are fewer hashes than indexes
   */
  public static Hash of(long size, List<Hash> hashes) {
    Iterator<Hash> parts = hashes.iterator();
    return size == 0 ? Hash.OF_EMPTY_TREE : Subtrees.root(0, size, parts);
  }
}
