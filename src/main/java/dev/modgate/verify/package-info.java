/**
 * The verification core. A {@code Candidate} enters, a {@code Verdict} leaves; it trusts nothing
 * but the verifier keys it is given. It depends on java.base alone.
 */
package dev.modgate.verify;
