/**
 * Modules from where they are developed: what {@code direct} means in GOPROXY. A mirror request
 * enters; what the real {@code go} command brought leaves, as a mirror's delivery does, and owes
 * the same proofs. Each run has a sandbox of its own: an environment made from nothing, folders
 * that are removed behind it, bounds on time, output and disk, and no process that outlives it. It
 * trusts the {@code go}, {@code git} and {@code ssh} commands and the files that the operator
 * names; it never reads a credential itself, and trusts neither origins nor what they say.
 */
package dev.modgate.direct;
