package dev.modgate.verify;

import dev.modgate.verify.module.H1;

/**
 * The ticket of a candidate that was judged and found true. Only {@link Verifier} makes one, and
 * the store takes nothing else.
 */
public final class VerifiedArtifact {

  private final Candidate candidate;
  private final H1 h1;
  private final Provenance provenance;

  VerifiedArtifact(Candidate candidate, H1 h1, Provenance provenance) {
    this.candidate = candidate;
    this.h1 = h1;
    this.provenance = provenance;
  }

  /** {@return the bytes that were judged, whose file may have changed since} */
  public Candidate candidate() {
    return candidate;
  }

  /**
   * {@return the hash computed from the bytes, equal to the database's unless the provenance is
   * {@link Provenance.Unlogged}}
   */
  public H1 h1() {
    return h1;
  }

  /** {@return why the bytes may be believed} */
  public Provenance provenance() {
    return provenance;
  }
}
