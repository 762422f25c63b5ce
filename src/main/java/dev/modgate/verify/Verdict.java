package dev.modgate.verify;

import dev.modgate.verify.sumdb.Lookup;

/** What the verifier says of a candidate. */
public sealed interface Verdict {

  /**
   * It is what the database says it is, or the operator exempted it.
   *
   * @param artifact the ticket, which tells the two apart by its provenance
   */
  record Proven(VerifiedArtifact artifact) implements Verdict {}

  /**
   * It is untrue, and whoever delivered it is to blame.
   *
   * @param rule a stable word: {@code checksum-mismatch}, {@code bad-zip}
   * @param reason one printable line
   */
  record Refuted(String rule, String reason) implements Verdict {}

  /**
   * Nothing can be said of it, and whoever delivered it is not to blame.
   *
   * @param lookup what the database answered instead of a record; never a {@code Found}
   */
  record Unprovable(Lookup lookup) implements Verdict {}
}
