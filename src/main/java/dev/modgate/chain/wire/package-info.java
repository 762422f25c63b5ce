/**
 * Below HTTP: which addresses a redirect may lead to, and which framing of an answer has one
 * reading only. Both end an exchange by an exception whose text quotes no byte of the peer.
 */
package dev.modgate.chain.wire;
