package dev.modgate.oracle;

/**
 * A question to which we say something else than Go.
 *
 * @param ours what we say
 * @param theirs what Go says
 */
public record Difference(Question question, Answer ours, Answer theirs) {

  /** How we differ. */
  public enum Kind {
    /** We take what Go refuses. */
    LAXER,
    /** We refuse what Go takes. */
    STRICTER,
    /** Both take it, but not for the same. */
    OTHERWISE
  }

  public Kind kind() {
    if (theirs instanceof Answer.No) {
      return Kind.LAXER;
    }
    return ours instanceof Answer.No ? Kind.STRICTER : Kind.OTHERWISE;
  }

  @Override
  public String toString() {
    return kind() + ": " + question + " is " + ours + " but to Go " + theirs;
  }
}
