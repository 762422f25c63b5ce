/**
 * HTTP. An exchange enters, a {@link dev.modgate.protocol.Request} goes on; an {@link
 * dev.modgate.pipeline.Outcome} comes back, bytes leave. It trusts no client: what is not a plain
 * GET or HEAD of the protocol is turned away before anything else looks at it. Requests are read
 * and answers sent on I/O threads; whatever may block runs on a virtual thread in between.
 */
package dev.modgate.edge;
