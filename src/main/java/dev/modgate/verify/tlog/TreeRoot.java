package dev.modgate.verify.tlog;

import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/** The root of the tree over the first records, out of stored hashes. */
public final class TreeRoot {

  private TreeRoot() {}

  /** The stored hashes that make up the root; none for size 0. */
  public static long[] indexes(long size) {
    LongStream.Builder need = LongStream.builder();
    Subtrees.indexes(0, size, need);
    return need.build().toArray();
  }

  /**
   * The root over the first {@code size} records.
   *
   * @param hashes those at {@link #indexes}, in that order; further ones are ignored
   */
  public static Hash of(long size, List<Hash> hashes) {
    Iterator<Hash> parts = hashes.iterator();
    return size == 0 ? Hash.OF_EMPTY_TREE : Subtrees.root(0, size, parts);
  }
}
