/**
 * The GOPROXY protocol, read once and strictly. A raw request target enters, a {@link
 * dev.modgate.protocol.Request} leaves; everything behind this room (policy, mirrors, store) uses
 * the one spelling that {@link dev.modgate.protocol.Request#path()} gives. The {@link
 * dev.modgate.protocol.Build} that a path may begin with leaves beside the request. It trusts
 * nothing that a client sends.
 *
 * @see <a href="https://go.dev/ref/mod#goproxy-protocol">go.dev/ref/mod#goproxy-protocol</a>
 */
package dev.modgate.protocol;
