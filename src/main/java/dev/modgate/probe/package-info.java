/**
 * The probe of one mirror. A {@link dev.modgate.chain.WitnessedMirror} enters, and perhaps a
 * checksum database; a {@link dev.modgate.probe.ProbeReport} leaves: whom the handshake showed,
 * what the answers looked like, and which rules of the GOPROXY protocol they kept. It asks a dozen
 * requests, one after the other, and trusts no answer; what it reports may hold the mirror's own
 * words, so it is made printable by who prints it.
 */
package dev.modgate.probe;
