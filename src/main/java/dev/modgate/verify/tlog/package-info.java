/**
 * The transparency log behind the checksum database: a Merkle tree over records (RFC 6962) that is
 * published as tiles.
 *
 * <p>Enters: bytes of tree heads, records, tiles and proofs from anywhere. Leaves: hashes that are
 * proven to be in the tree of a given {@link dev.modgate.verify.tlog.TreeHead}. It trusts that tree
 * head and nothing else; that somebody signed the head is for the caller to check ({@code
 * verify.note}). No method reads files or the network: {@link dev.modgate.verify.tlog.TileReader}
 * does.
 *
 * <p>Record number n is a leaf at level 0. Node (level, n) is the root of the complete subtree over
 * the records from n·2^level up to, not including, (n+1)·2^level. All complete subtrees stand in
 * one linear order, the stored hash index. The rules are those of <a
 * href="https://pkg.go.dev/golang.org/x/mod/sumdb/tlog">golang.org/x/mod/sumdb/tlog</a> v0.42.0;
 * nothing is accepted here that is refused there. Sizes are below 2^62, so that every index fits
 * into a long.
 */
package dev.modgate.verify.tlog;
