/**
 * The client of a checksum database.
 *
 * <p>Enters: a module version, and answers from {@link dev.modgate.verify.sumdb.LogSource sources}
 * that may fail or lie. Leaves: the hashes of the module's zip and go.mod, from a record that is
 * proven to be in a tree whose head the database has signed; or the reason why there are none. The
 * same proven records, tiles and heads can be relayed to clients that check them themselves.
 *
 * <p>It trusts the verifier key. It does not trust the sources: at worst they can keep it from
 * answering. It does not trust the database either, but for signing: every signed head it accepts
 * is proven to extend, or to be contained in, every one that was accepted before. Two signed heads
 * that contradict each other are a {@link dev.modgate.verify.sumdb.Fork}: it is kept as evidence,
 * and nothing of this database is believed any more, also after a restart. Of the {@link
 * dev.modgate.verify.sumdb.LogStore store} it trusts the head and the fork; lookups and tiles are
 * proven again when they are read. A head that is gone while other files are there is reported as a
 * trust reset.
 *
 * <p>The rules are those of <a href="https://pkg.go.dev/golang.org/x/mod/sumdb">
 * golang.org/x/mod/sumdb</a> v0.42.0 and of the <a
 * href="https://go.googlesource.com/proposal/+/master/design/25530-sumdb.md">design</a>; nothing is
 * accepted here that is refused there. Unlike there, several sources are tried, and no error is
 * remembered.
 */
package dev.modgate.verify.sumdb;
