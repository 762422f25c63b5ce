/**
 * The failover chain. A {@link dev.modgate.admission.Permit} enters; {@link
 * dev.modgate.chain.Fetched} leaves: found, absent, or failed with every attempt and its reason. It
 * trusts no mirror: what one delivers is handed to an examiner, and a delivery that the examiner
 * refutes is a failure like a time-out. What a mirror is made of is read in {@link
 * dev.modgate.chain.Mirrors#of}.
 *
 * <p>Who examines deliveries may be told of a file while it comes in: {@link
 * dev.modgate.chain.Arrivals}.
 *
 * <p>What a mirror is shown is its {@link dev.modgate.chain.credential.Credential}; only a request
 * to the mirror's own origin gets its header. How it proves itself to us is {@link
 * dev.modgate.chain.tls.Tls}.
 */
package dev.modgate.chain;
