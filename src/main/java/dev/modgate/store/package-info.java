/**
 * What is kept on disk. A {@link dev.modgate.verify.VerifiedArtifact} enters, a {@link
 * dev.modgate.store.StoredArtifact} leaves: only that may be sent to a client. It trusts the data
 * directory's permissions, but re-hashes an artifact before it is served for the first time in a
 * process, and again when its file has changed.
 *
 * <pre>
 * data/
 *   cache/download/               the layout of Go's own cache: GOPROXY=file://… works on it
 *     ESCAPED_MODULE/@v/          VERSION.info VERSION.mod VERSION.zip list QUERY.info
 *     ESCAPED_MODULE/@latest
 *     sumdb/NAME/lookup/…  sumdb/NAME/tile/…
 *   sumdb/NAME/latest             newest proven tree head; outlives a wiped cache
 *   sumdb/NAME/fork/              two signed heads that contradict each other
 *   quarantine/                   what lying mirrors delivered
 *   audit/                        written by the audit room
 *   tmp/                          half-written files; on the same file system
 * </pre>
 */
package dev.modgate.store;
