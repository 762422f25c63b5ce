/**
 * The customs post itself. A request and its client enter, an {@link dev.modgate.pipeline.Outcome}
 * leaves, and a line in the audit log stays. Here the rooms below are put in order: admission,
 * store, chain, verification, store. It trusts none of them with another's duty: what one needs
 * from the one before it takes as a ticket.
 */
package dev.modgate.pipeline;
