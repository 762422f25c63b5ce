/**
 * The record of decisions. A {@link dev.modgate.audit.Decision} enters, a line of JSON leaves to a
 * file that is only ever appended to. It trusts nobody: nothing that a client or a mirror wrote
 * goes in but names that the protocol room has parsed.
 */
package dev.modgate.audit;
