/**
 * The TLS of a mirror. Settings enter; a client whose every handshake is proven leaves, or {@link
 * dev.modgate.chain.tls.TlsFault}, one word of why it was not. Nothing here can switch a check off.
 */
package dev.modgate.chain.tls;
