package dev.modgate.pipeline;

/**
 * Why something does not pass.
 *
 * @param ground whose word it is
 * @param rule a configuration key or a stable word, for the audit log and the client
 * @param reason one printable line
 * @param advice what the reader can do, one printable line
 */
public record Refusal(Ground ground, String rule, String reason, String advice) {

  /** Whose word it is. */
  public enum Ground {
    /** A rule of the operator forbids it. */
    RULE,
    /** It could not be proven. */
    PROOF
  }

  static Refusal denied(String rule, String reason) {
    return new Refusal(Ground.RULE, rule, reason, "Ask the operators of this gate if you need it.");
  }

  static Refusal untrue(String reason) {
    return new Refusal(
        Ground.PROOF,
        "checksum-mismatch",
        reason,
        "The mirrors deliver what nobody else got. Do not switch the check off.");
  }

  static Refusal notLogged() {
    return new Refusal(
        Ground.PROOF,
        "not-logged",
        "the checksum database does not know this version",
        "Publish the version where the database can see it, or add its path to gonosumdb.");
  }

  static Refusal unauthentic(String reason) {
    return new Refusal(
        Ground.PROOF,
        "log-unauthentic",
        reason,
        "Nothing is served on the word of this log until an operator has looked at it.");
  }
}
