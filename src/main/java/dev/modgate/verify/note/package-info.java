/**
 * Signed notes: text that a key has signed.
 *
 * <p>Enters: the bytes of a note and the {@link dev.modgate.verify.note.VerifierKey verifier keys}
 * that are trusted. Leaves: {@link dev.modgate.verify.note.SignedNote.Opened}, which says whether
 * one of those keys signed the text. It trusts nothing but the keys it is given: a key that is not
 * known proves nothing, and a bad signature by a known key spoils the whole note.
 *
 * <p>A note is its text (valid UTF-8, no control character but the newline, the last character a
 * newline), a blank line, and one line per signature:
 *
 * <pre>
 * — NAME BASE64(4 bytes of key hash, big endian || signature)
 * </pre>
 *
 * <p>The rules are those of <a href="https://pkg.go.dev/golang.org/x/mod/sumdb/note">
 * golang.org/x/mod/sumdb/note</a> v0.42.0 and of <a href="https://c2sp.org/signed-note">C2SP
 * signed-note</a>; nothing is accepted here that is refused there.
 */
package dev.modgate.verify.note;
