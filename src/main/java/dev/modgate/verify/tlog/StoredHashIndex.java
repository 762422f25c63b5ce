package dev.modgate.verify.tlog;

/**
 * The linear order of all complete subtrees: each hash stands right after the record that completed
 * its subtree, lower levels first.
 *
 * <p>Source: Crosby and Wallach, "Efficient Data Structures for Tamper-Evident Logging", §3.3.
 */
public final class StoredHashIndex {

  private StoredHashIndex() {}

  /**
   * A node of the tree.
   *
   * @param level 0 for records, 0 ≤ level ≤ 62
   * @param n number within the level, 0 ≤ n
   */
  public record Node(int level, long n) {}

  /**
   * The index of a node (golang.org/x/mod/sumdb/tlog, StoredHashIndex).
   *
   * @param level 0 ≤ level; not checked
   * @param n 0 ≤ n, with (n+1)·2^level ≤ 2^62; not checked
   * @return the index, from 0
   */
  public static long of(int level, long n) {
    // The last record below the node; the nodes it completes follow it level by level.
    long last = ((n + 1) << level) - 1;
    // The sum of last >> i for all i.
    return 2 * last - Long.bitCount(last) + level;
  }

  /**
   * The node at an index: the inverse of {@link #of} (golang.org/x/mod/sumdb/tlog,
   * SplitStoredHashIndex).
   *
   * @param index of a node over fewer than 2^62 records; not checked
   * @return the node
   */
  public static Node split(long index) {
    // of(0, n) < 2n, so the record that completed the node is at index/2 or a little later.
    long record = index / 2;
    long recordIndex = of(0, record);
    while (true) {
      long next = recordIndex + 1 + Long.numberOfTrailingZeros(record + 1);
      if (next > index) {
        int level = Math.toIntExact(index - recordIndex);
        return new Node(level, record >> level);
      }
      record++;
      recordIndex = next;
    }
  }

  /**
   * How many hashes are stored for the first records (golang.org/x/mod/sumdb/tlog,
   * StoredHashCount).
   *
   * @param size number of records, 0 ≤ size &lt; 2^62; not checked
   * @return the number of hashes, all below which are indexes
   */
  public static long count(long size) {
    return 2 * size - Long.bitCount(size);
  }
}
