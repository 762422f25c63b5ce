/**
 * Credentials. Untrusted text enters, a {@link dev.modgate.secret.Secret} leaves; what leaves it
 * again, through {@link dev.modgate.secret.Secret#reveal()}, is for the one class that writes the
 * header. It trusts nothing: text that would break a header is refused, and no reason quotes it.
 */
package dev.modgate.secret;
