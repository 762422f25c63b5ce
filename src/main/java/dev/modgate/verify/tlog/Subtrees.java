package dev.modgate.verify.tlog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.LongStream;

/** The complete subtrees, largest first, that a range of records is made of (RFC 6962 §2.1). */
final class Subtrees {

  private Subtrees() {}

  /** Adds the indexes of the subtrees of the records [lo, hi). */
  static void indexes(long lo, long hi, LongStream.Builder need) {
    for (long at = lo; at < hi; ) {
      long records = Long.highestOneBit(hi - at);
      int level = Long.numberOfTrailingZeros(records);
      need.add(StoredHashIndex.of(level, at >> level));
      at += records;
    }
  }

  /** The root over the records [lo, hi), of the hashes that {@link #indexes} asked for. */
  static Hash root(long lo, long hi, Iterator<Hash> hashes) {
    Deque<Hash> parts = new ArrayDeque<>();
    for (long at = lo; at < hi; at += Long.highestOneBit(hi - at)) {
      parts.push(hashes.next());
    }
    Hash root = parts.pop();
    while (!parts.isEmpty()) {
      root = Hash.ofNode(parts.pop(), root);
    }
    return root;
  }

  /** How many of two or more records stand on the left: the largest power of two below. */
  static long left(long records) {
    return Long.highestOneBit(records - 1);
  }
}
