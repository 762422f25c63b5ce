/**
 * The copy of what is served. A {@link dev.modgate.edge.Served} enters after its last byte has been
 * sent, lines of JSON leave in batches to an endpoint of the operator's. The request never waits: a
 * line finds a place in a queue without a lock, or is dropped and counted. The endpoint is not
 * trusted: whatever it answers, or does not, costs lines and never a request. What a client wrote
 * goes in only as far as the protocol room has parsed it. Bodies, if they are wanted, are referred
 * to until their line is sent, and read then.
 */
package dev.modgate.traffic;
