/**
 * What a mirror is shown of who we are. What the operator configured enters; {@link
 * dev.modgate.chain.credential.Credential} leaves, which has a header to show now, or a reason why
 * there is none. Tokens are asked for where the operator says, once at a time, and stay in memory;
 * {@link dev.modgate.chain.credential.SecretWriter} alone writes a secret into a request.
 */
package dev.modgate.chain.credential;
