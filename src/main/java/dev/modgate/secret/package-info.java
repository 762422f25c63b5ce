/**
 * Credentials. Untrusted text enters, a {@link dev.modgate.secret.Secret} leaves; what leaves it
 * again, through {@link dev.modgate.secret.Secret#reveal()}, is for the one class that writes the
 * request. It trusts nothing: text that would break a header is refused, and no reason quotes it.
 *
 * <p>{@link dev.modgate.secret.Credentials} is what an operator says of a mirror's; {@link
 * dev.modgate.secret.LiveSecret} is one of them, looked up each time it is used, so that a rotated
 * file counts from its next use on. Every value is told to a {@link
 * dev.modgate.secret.SecretListener} before it is used.
 */
package dev.modgate.secret;
