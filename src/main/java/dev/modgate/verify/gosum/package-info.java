/**
 * A {@code go.sum} held against the checksum database, line by line.
 *
 * <p>Enters: the bytes of a go.sum, or module versions. Leaves: for each {@link
 * dev.modgate.verify.gosum.Claim claim} a {@link dev.modgate.verify.gosum.Finding finding}.
 */
package dev.modgate.verify.gosum;
