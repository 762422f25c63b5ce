/**
 * The configuration. A file, the environment and flags enter ({@link
 * dev.modgate.config.LoadRequest}); one immutable {@link dev.modgate.config.Configuration} leaves,
 * with the origin of every value, or all the problems at once. Of two values of one key the flag
 * wins over the environment, the environment over the file, the file over the default; each of them
 * must be well-formed all the same.
 *
 * <p>It trusts the operator's intent and not the operator's typing: an unknown key, a unit left out
 * or a value out of range refuses to start. A secret leaves only as a {@link
 * dev.modgate.secret.Secret}; no problem repeats a value.
 *
 * <p>{@code Keys} is the one table of keys, types, ranges and defaults; {@code
 * docs/configuration.md} is generated from it.
 */
package dev.modgate.config;
